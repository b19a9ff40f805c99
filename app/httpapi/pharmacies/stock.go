// Package pharmacies is the patient's choice of a pharmacy and each pharmacy's stock over HTTP.
package pharmacies

import (
	"context"
	"net/http"
	"slices"

	prescriptionsapi "github.com/smart-hospital/hospital/app/httpapi/prescriptions"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
	"github.com/smart-hospital/hospital/prescription/service"
)

// Pharmacy is a member organisation that hands medicine out.
type Pharmacy struct {
	ID   string `json:"id" doc:"Member id" example:"p1"`
	Name string `json:"name" doc:"Public name" example:"百草堂大药房"`
}

// PharmacyView is a pharmacy, and whether it has what a prescription needs.
type PharmacyView struct {
	Pharmacy
	Stock *pharmacy.Availability `json:"stock,omitempty" doc:"With ?prescription: what it has of it now; only a claim reserves. Absent for a pharmacy of another application"`
}

type pharmaciesInput struct {
	Prescription string `query:"prescription" maxLength:"32" doc:"Say for each whether everything of this prescription is in stock" example:"RX20261122012345678947"`
}

type pharmaciesOutput struct {
	Body struct {
		Pharmacies []PharmacyView `json:"pharmacies"`
	}
}

type stockListInput struct {
	Query string   `query:"q" maxLength:"50" doc:"Chinese name, pinyin initials, English name or code; also drugs the pharmacy never had" example:"AMXL"`
	Drugs []string `query:"drug" maxItems:"20" doc:"Catalogue codes: these lines with their lots, without q; also drugs the pharmacy never had" example:"[\"D0001\"]"`
	Short bool     `query:"short" doc:"Only lines of which less is free than the pharmacy's minimum; without q"`
	After string   `query:"after" maxLength:"16" doc:"Code of the last line of the page before; without q"`
	Limit int      `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

type stockListOutput struct {
	Body struct {
		Stock []pharmacy.StockView `json:"stock" doc:"By code; best match first with q"`
		Next  string               `json:"next,omitempty" doc:"Give it as after for the next page; empty: the end" example:"D0020"`
	}
}

type stockInput struct {
	Drug string `path:"drug" maxLength:"16" doc:"Catalogue code" example:"D0001"`
	Body pharmacy.StockInput
}

type minimumInput struct {
	Drug string `path:"drug" maxLength:"16" doc:"Catalogue code" example:"D0001"`
	Body struct {
		Minimum int64 `json:"minimum" minimum:"0" maximum:"1000000" doc:"Free packages; 0: no warning" example:"10"`
	}
}

type lotsInput struct {
	Within int    `query:"within" minimum:"0" maximum:"3660" default:"90" doc:"Days from today to the lot's last day; expired ones are always among them" example:"90"`
	After  string `query:"after" maxLength:"64" doc:"What the page before answered as next"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

type lotsOutput struct {
	Body struct {
		Lots []pharmacy.ExpiringView `json:"lots" doc:"The earliest last day first"`
		Next string                  `json:"next,omitempty" doc:"Give it as after for the next page; empty: the end" example:"2027-06-30/D0020/B20260713"`
	}
}

type movementsInput struct {
	Drug  string `query:"drug" maxLength:"16" doc:"Catalogue code; empty: all drugs" example:"D0001"`
	After string `query:"after" maxLength:"64" doc:"What the page before answered as next"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

type movementsOutput struct {
	Body struct {
		Movements []pharmacy.MovementView `json:"movements" doc:"The newest first"`
		Next      string                  `json:"next,omitempty" doc:"Give it as after for the next page; empty: the end" example:"1796000000000/3/D0020"`
	}
}

type stockOutput struct{ Body *pharmacy.StockView }

// RegisterPharmacies adds the choice of a pharmacy, and each pharmacy's own stock. members lists
// the pharmacies of this moment: they are admitted and suspended while we run.
func RegisterPharmacies(a *web.API, svc *service.Service, c *catalogue.Catalogue, members func() []Pharmacy) {
	dispensers := []accounts.Role{accounts.Dispenser}
	web.Handle(a, web.Op{ID: "list-pharmacies", Method: http.MethodGet, Path: "/v1/pharmacies",
		Summary: "Pharmacies (药店), and who has a prescription in stock", Tag: prescriptionsapi.TagPharmacies,
		AnyRole: true, Codes: []string{"not-found", "prescription-number"}},
		func(ctx context.Context, in *pharmaciesInput) (*pharmaciesOutput, error) {
			out, list := &pharmaciesOutput{}, members()
			out.Body.Pharmacies = make([]PharmacyView, len(list))
			for i, p := range list {
				out.Body.Pharmacies[i].Pharmacy = p
			}
			if in.Prescription == "" {
				return out, nil
			}
			have, err := svc.Availability(ctx, web.Actor(ctx), in.Prescription)
			for _, v := range have {
				if at := slices.IndexFunc(list, func(p Pharmacy) bool { return p.ID == v.Pharmacy }); at >= 0 {
					out.Body.Pharmacies[at].Stock = &v
				}
			}
			return out, err
		})
	registerChoices(a, svc, members)
	web.Handle(a, web.Op{ID: "list-stock", Method: http.MethodGet, Path: "/v1/stock",
		Summary: "The caller's pharmacy's stock (库存)", Tag: prescriptionsapi.TagPharmacies, Roles: dispensers},
		func(ctx context.Context, in *stockListInput) (*stockListOutput, error) {
			found := in.Drugs
			if in.Query != "" {
				found = []string{}
				for _, d := range c.Search(in.Query, in.Limit) {
					found = append(found, d.Code)
				}
			}
			lines, err := svc.StockList(ctx, web.Actor(ctx), found, in.Short, in.After, in.Limit)
			out := &stockListOutput{}
			out.Body.Stock = lines
			if found == nil && len(lines) == in.Limit {
				out.Body.Next = lines[len(lines)-1].Drug
			}
			return out, err
		})
	web.Handle(a, web.Op{ID: "change-stock", Method: http.MethodPut, Path: "/v1/stock/{drug}",
		Summary: "Enter goods received (入库), counted (盘点), written off (报损) or sent back (退货)",
		Tag:     prescriptionsapi.TagPharmacies, Roles: dispensers, Command: true,
		Codes: []string{"invalid-input", "version-conflict", "not-found"},
		Doc:   "Every change is kept as a movement with its person and reason; the movements' sum is the stock."},
		func(ctx context.Context, in *stockInput) (*stockOutput, error) {
			v, err := svc.ChangeStock(ctx, web.Actor(ctx), web.Command(ctx, "stock.change"), in.Drug, in.Body)
			return &stockOutput{v}, err
		})
	web.Handle(a, web.Op{ID: "list-lots", Method: http.MethodGet, Path: "/v1/stock/lots",
		Summary: "The caller's pharmacy's lots that expire soon (近效期)", Tag: prescriptionsapi.TagPharmacies,
		Roles: dispensers, Codes: []string{"invalid-input"}},
		func(ctx context.Context, in *lotsInput) (*lotsOutput, error) {
			lots, next, err := svc.Expiring(ctx, web.Actor(ctx), in.Within, in.After, in.Limit)
			out := &lotsOutput{}
			out.Body.Lots, out.Body.Next = lots, next
			return out, err
		})
	web.Handle(a, web.Op{ID: "list-movements", Method: http.MethodGet, Path: "/v1/stock/movements",
		Summary: "What moved the caller's pharmacy's stock (出入库流水)", Tag: prescriptionsapi.TagPharmacies,
		Roles: dispensers, Codes: []string{"invalid-input"},
		Doc: "Who, when, how many and of which lot; it names no prescription and no patient."},
		func(ctx context.Context, in *movementsInput) (*movementsOutput, error) {
			list, next, err := svc.Movements(ctx, web.Actor(ctx), in.Drug, in.After, in.Limit)
			out := &movementsOutput{}
			out.Body.Movements, out.Body.Next = list, next
			return out, err
		})
	web.Handle(a, web.Op{ID: "set-minimum", Method: http.MethodPut, Path: "/v1/stock/{drug}/minimum",
		Summary: "Below how many free packages to be warned (最低库存)", Tag: prescriptionsapi.TagPharmacies,
		Roles: dispensers, Command: true, Codes: []string{"invalid-input", "not-found"}},
		func(ctx context.Context, in *minimumInput) (*stockOutput, error) {
			v, err := svc.SetMinimum(ctx, web.Actor(ctx), web.Command(ctx, "stock.minimum"), in.Drug, in.Body.Minimum)
			return &stockOutput{v}, err
		})
}
