package password

import (
	"testing"

	"github.com/smart-hospital/hospital/app/invalid"
)

// Twelve characters alone kept out none of the first of these.
func TestWeakPasswords(t *testing.T) {
	for _, weak := range []string{
		"password1234", "123456789012", "aaaaaaaaaaaa", "qwertyuiop12", "abcabcabcabc", "woaini1314520", "woaini520520",
		"wodemima123456",
		"zhihuiyiyuan", "doctor.li2026", "hospital2026", "admin1234567", "1qaz2wsx3edc", "mimamimamima", "P@ssw0rd1234",
		"beijing202612",
	} {
		var c invalid.Check
		checkStrength(&c, weak, "doctor.li", "h1")
		if c.Err() == nil {
			t.Errorf("%q was taken", weak)
		}
	}
	for _, good := range []string{"correct horse battery", "another horse battery", "kx7q2mzt4wyd",
		"三更灯火五更鸡正是男儿", "blau Fenster 29 Regen"} {
		var c invalid.Check
		checkStrength(&c, good, "doctor.li", "h1")
		if err := c.Err(); err != nil {
			t.Errorf("%q was refused: %v", good, err)
		}
	}
}
