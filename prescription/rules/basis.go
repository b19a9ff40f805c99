package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Basis is what a report rests on. It is kept and shown with the findings, so that an empty list
// never reads as "safe": it says what was checked, by which tables, and what could not be.
type Basis struct {
	Version   string   `json:"version" doc:"Version of the tables the checks go by; empty: there were none" example:"2026.11.1"`
	Released  string   `json:"released" doc:"Their date" example:"2026-11-30"`
	Digest    string   `json:"digest" doc:"SM3 over the tables, hex" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Facts     int      `json:"facts" doc:"Rows about medicines in them" example:"641"`
	Medicines int      `json:"medicines" doc:"Medicines of this prescription looked at" example:"2"`
	Running   int      `json:"running" doc:"Medicines of the patient's other prescriptions looked at" example:"1"`
	Checked   []string `json:"checked" doc:"Rules that could look at everything" example:"[\"clinical.interaction\"]"`
	Open      []Gap    `json:"open" doc:"What could not be checked, and why"`
	ZH        string   `json:"zh" doc:"The same in a sentence, Chinese" example:"规则库 2026.11（1204 条）内无匹配，不等于安全"`
	EN        string   `json:"en" doc:"The same in a sentence, English" example:"No match in rule base 2026.11 (1204 rows); this does not mean safe."`
}

// Gap is something that was not checked.
type Gap struct {
	Rule string `json:"rule" doc:"Rule id" example:"clinical.pregnancy"`
	ZH   string `json:"zh" doc:"Why, Chinese" example:"未询问妊娠情况，未核对"`
	EN   string `json:"en" doc:"Why, English" example:"not checked: nobody asked about pregnancy"`
}

// kindNames are the clinical checks in words.
var kindNames = map[string][2]string{
	"clinical.weekly":      {"每周用药", "weekly drugs"},
	"clinical.max-dose":    {"剂量上限", "ceilings of dose"},
	"clinical.usual-dose":  {"常用量", "usual dose"},
	"clinical.interaction": {"相互作用", "interactions"},
	"clinical.allergy":     {"过敏", "allergy"},
	"clinical.weight":      {"儿童体重", "a child's weight"},
	"clinical.duplicate":   {"重复用药", "duplicate therapy"},
	"clinical.running":     {"其他处方", "other prescriptions"},
	"clinical.age":         {"年龄", "age"},
	"clinical.pregnancy":   {"妊娠", "pregnancy"},
	"clinical.lactation":   {"哺乳", "lactation"},
	"clinical.disease":     {"疾病禁忌", "diseases"},
	"clinical.indication":  {"抗菌药物适应证", "indication of antibacterials"},
	"clinical.duration":    {"疗程", "length of course"},
	"clinical.route":       {"给药途径", "route"},
}

// standing are the gaps of every report: what the tables or the records do not hold.
var standing = []Gap{
	{"clinical.organs", "规则库没有按体重、肾功能、肝功能检验值调整剂量的规则，未核对（肾病、肝病诊断已核对）",
		"not checked: the tables hold no rules for doses by weight or by measured renal and hepatic function (diagnoses of such diseases were checked)"},
	{"clinical.outside", "未经本系统开具的药品、自购药和食物未核对",
		"not checked: medicines written or bought elsewhere, and food"},
}

// maxBaseAge: tables older than this have missed a year of new labels.
const maxBaseAge = 400 * 24 * time.Hour

func (o Order) basis(rep Report, wanted func(Rule) bool) *Basis {
	b := &Basis{Medicines: len(o.Items), Running: len(o.Running.Items), Checked: []string{}, Open: []Gap{}}
	if o.Formulary != nil {
		base := o.Formulary.Base()
		b.Version, b.Released, b.Digest, b.Facts = base.Version, base.Released, base.Digest, base.Facts
	}
	gaps := slices.Clone(standing)
	if released, err := time.Parse(time.DateOnly, b.Released); err == nil && o.At.Sub(released) > maxBaseAge {
		gaps = append(gaps, Gap{"clinical.base", "规则库发布已超过400天，可能缺少新的说明书内容",
			"the tables are older than 400 days and may lack what newer labels say"})
	}
	for _, f := range rep.Findings {
		if f.NotChecked {
			gaps = append(gaps, Gap{f.Rule, f.ZH, f.EN})
		}
	}
	for _, g := range gaps {
		if !slices.Contains(b.Open, g) {
			b.Open = append(b.Open, g)
		}
	}
	for _, r := range Rules {
		open := slices.ContainsFunc(b.Open, func(g Gap) bool { return g.Rule == r.ID })
		if b.Version != "" && r.Check != nil && wanted(r) && !open && strings.HasPrefix(r.ID, clinical) {
			b.Checked = append(b.Checked, r.ID)
		}
	}
	b.say()
	return b
}

// say puts the basis in sentences. Which tables to the last bit is Digest, which stands beside: in
// a sentence it says nothing to a person.
func (b *Basis) say() {
	var zh, en []string
	for _, id := range b.Checked {
		zh, en = append(zh, kindNames[id][0]), append(en, kindNames[id][1])
	}
	if b.Version == "" {
		b.ZH, b.EN = "没有可用的规则库，用药安全未核对。",
			"There are no tables to check by: the medicines were not checked."
		return
	}
	b.ZH = fmt.Sprintf("核对了%s（规则库 %s，%d 条）。", strings.Join(zh, "、"), b.Version, b.Facts)
	b.EN = fmt.Sprintf("Checked: %s (tables %s, %d rows).", strings.Join(en, ", "), b.Version, b.Facts)
	if b.Running > 0 {
		b.ZH += fmt.Sprintf("一并核对了患者其他处方的 %d 种药品。", b.Running)
		b.EN += fmt.Sprintf(" With %d medicines of the patient's other prescriptions.", b.Running)
	}
	b.ZH += fmt.Sprintf("另有 %d 项未能核对。规则库无匹配不等于安全。", len(b.Open))
	b.EN += fmt.Sprintf(" %d things could not be checked. No match in the tables does not mean safe.", len(b.Open))
}
