package installation

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/httpapi/web"
)

// Contact is how people reach the hospital's desk.
type Contact struct {
	Phone string `json:"phone" doc:"Telephone of the desk; empty: none is given" example:"021-00000000"`
}

type contactOutput struct{ Body Contact }

var tagContact = web.Tag{Name: "Hospital", Doc: "What anybody may know of the hospital."}

// RegisterContact adds how people reach the hospital. Nobody needs to be logged in to call it.
func RegisterContact(a *web.API, contact Contact) {
	web.Handle(a, web.Op{ID: "get-contact", Method: http.MethodGet, Path: "/v1/contact",
		Summary: "How to reach the hospital (联系医院)", Tag: tagContact},
		func(context.Context, *struct{}) (*contactOutput, error) { return &contactOutput{contact}, nil })
}
