package app

import (
	"net/http"
	"testing"

	"github.com/smart-hospital/hospital/app/template"
)

// TestTemplatesOverHTTP leads one from its author to the pharmacist and back.
func TestTemplatesOverHTTP(t *testing.T) {
	t.Parallel()
	n := openNursery(t, "sqlite:")
	doctor, other, reviewer := n.ward.Doctor(0), n.ward.Doctor(1), n.ward.Reviewer(0)
	content := map[string]any{"name": "感冒", "diagnoses": []string{"J20.9"}, "items": []any{map[string]any{
		"drug": "D0001", "dose": "0.5", "frequency": "tid", "route": "po", "days": 5, "packages": 2}}}
	with := func(version int64) map[string]any {
		return map[string]any{"name": "咳嗽", "items": content["items"], "version": version}
	}
	list := func(path string) (list struct{ Templates []template.Template }) {
		by := doctor
		if path != "/v1/templates" {
			by = reviewer
		}
		n.must(by, http.MethodGet, path, nil, &list)
		return list
	}
	var x template.Template
	n.must(doctor, http.MethodPost, "/v1/templates", content, &x)
	path := "/v1/templates/" + x.ID
	n.refused("version-conflict", n.do(doctor, http.MethodPut, path, with(7), nil))
	n.absent(n.do(other, http.MethodPut, path, with(1), nil))
	n.must(doctor, http.MethodPut, path, with(1), &x)
	n.must(doctor, http.MethodPost, path+"/propose", map[string]any{"version": 2}, &x)
	n.wants("a pharmacist", reviewer, 1, "template.proposed")
	if wanted := list("/v1/templates/wanted").Templates; len(wanted) != 1 || wanted[0].State != template.Proposed ||
		wanted[0].Name != "咳嗽" || wanted[0].Author == "" || wanted[0].Items[0].Name == "" {
		t.Fatalf("%+v", wanted)
	}
	n.must(reviewer, http.MethodPost, path+"/judgement", map[string]any{"agree": true, "version": 3}, &x)
	n.wants("a pharmacist, who judged", reviewer, 0, "template.proposed")
	n.wants("its author", doctor, 1, "template.agreed")
	n.refused("template-state", n.do(doctor, http.MethodPut, path, with(4), nil))
	if own := list("/v1/templates").Templates; len(own) != 1 || own[0].State != template.Agreed || own[0].Judge == "" {
		t.Fatalf("%+v", own)
	}
	n.must(doctor, http.MethodPost, path+"/withdraw", map[string]any{"version": 4}, &x)
	n.must(doctor, http.MethodDelete, path, nil, nil)
	if own := list("/v1/templates").Templates; len(own) != 0 {
		t.Fatalf("%+v", own)
	}
}
