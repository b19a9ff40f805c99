package prescription

import (
	"errors"
	"fmt"
)

// ErrRefused is what every Refusal is: a hard rule forbids the step.
var ErrRefused = errors.New("prescription: a rule forbids this")

// Citation is where a rule comes from, in both languages.
type Citation struct {
	ZH string `json:"zh" doc:"Law or source in Chinese" example:"《处方管理办法》第六条"`
	EN string `json:"en" doc:"Law or source in English" example:"Prescription Administration art. 6"`
}

// Refusal is a hard rule's no.
type Refusal struct {
	Rule     string   `json:"rule" example:"RX-SUPPLY-7"`
	Version  int      `json:"version" example:"1"`
	Citation Citation `json:"citation"`
	Field    string   `json:"field" example:"items[0].days"`
	ZH       string   `json:"zh" example:"处方不得超过7日用量"`
	EN       string   `json:"en" example:"at most seven days’ supply"`
}

// Error names rule, law and field, and nothing of the contents.
func (r *Refusal) Error() string {
	return fmt.Sprintf("%v: %s (%s; %s) at %s", ErrRefused, r.Rule, r.Citation.ZH, r.Citation.EN, r.Field)
}

// Is makes every Refusal an ErrRefused.
func (r *Refusal) Is(target error) bool { return target == ErrRefused }

// Broken tells an adapter which field broke which rule, and the law behind it, in both languages.
func (r *Refusal) Broken() (field, rule, cite string) {
	return r.Field, r.Rule + ": " + r.ZH + " / " + r.EN, r.Citation.ZH + " / " + r.Citation.EN
}
