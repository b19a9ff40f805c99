package installation

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/httpapi/web"
)

// Contact is who the hospital is and how people reach its desk.
type Contact struct {
	Name  string `json:"name" doc:"As the list of members has it" example:"仁济智慧医院"`
	About string `json:"about" doc:"One line in its own words; empty: none is given" example:"心血管与呼吸专科，全年无休"`
	Phone string `json:"phone" doc:"Telephone of the desk; empty: none is given" example:"021-00000000"`
}

type contactOutput struct{ Body Contact }

var tagContact = web.Tag{Name: "Hospital", Doc: "What anybody may know of the hospital."}

// RegisterContact adds who the hospital is. Nobody needs to be logged in to call it.
func RegisterContact(a *web.API, contact func() Contact) {
	web.Handle(a, web.Op{ID: "get-contact", Method: http.MethodGet, Path: "/v1/contact",
		Summary: "Who the hospital is and how to reach it (医院与联系方式)", Tag: tagContact},
		func(context.Context, *struct{}) (*contactOutput, error) { return &contactOutput{contact()}, nil })
}
