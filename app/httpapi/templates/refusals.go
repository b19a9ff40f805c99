package templates

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/app/template"
)

// Refusals are this room's.
var Refusals = []problem.Entry{
	{Code: "not-found", Status: http.StatusNotFound, Is: template.ErrNotFound, Detail: "no such template"},
	{Code: "template-state", Status: http.StatusConflict, Is: template.ErrState,
		Do: "Read the template again: it was offered, judged or taken back meanwhile. Take an agreed one back before changing it."},
	{Code: "template-full", Status: http.StatusConflict, Is: template.ErrFull,
		Do: "Delete a template that is no longer used: a doctor has up to 100, a department up to 50."},
	{Code: "template-author", Status: http.StatusForbidden, Is: template.ErrOwnAuthor,
		Do: "Let another pharmacist judge it: its author does not."},
}
