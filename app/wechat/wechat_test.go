package wechat

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
)

func TestErrorCodes(t *testing.T) {
	for code, want := range map[int]error{
		CodeBusy: ErrUnavailable, CodeBadCode: ErrCode, CodeUsed: ErrCodeUsed, CodeTooFrequent: ErrRate,
		CodeBlocked:  ErrBlocked,
		CodeBadAppID: ErrRefused, CodeBadSecret: ErrRefused, 99999: ErrRefused,
	} {
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			q := r.URL.Query()
			if r.URL.Path != "/sns/jscode2session" || q.Get("appid") != "wx1" || q.Get("secret") != "s1" ||
				q.Get("js_code") != "c1" || q.Get("grant_type") != "authorization_code" {
				t.Errorf("asked %s %v", r.URL.Path, q)
			}
			_, _ = w.Write([]byte(`{"errcode":` + strconv.Itoa(code) + `,"errmsg":"x","openid":"must not count"}`))
		}))
		openID, err := New(web.URL+"/", "wx1", "s1", nil).Exchange(t.Context(), "c1")
		web.Close()
		if openID != "" || !errors.Is(err, want) {
			t.Errorf("errcode %d: got %q, %v; want %v", code, openID, err, want)
		}
	}
}
