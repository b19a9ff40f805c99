package pinyin

import "testing"

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"李明德": "lmd", "王淑芬": "wsf", "张建国": "zjg", "陈晓燕": "cxy", "赵文静": "zwj", "黄秉中": "hbz", "孙雅琴": "syq",
		"阿依古丽·买买提": "aygl" + "mmt", "Anna Li": "annali", "": "", "龘明": "m",
		// GBK's own characters stand between the common ones by radical: 瞭 was b, 祎 was d.
		"瞭": "", "王祎": "w", "祎晓": "x",
	} {
		if got := Initials(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
