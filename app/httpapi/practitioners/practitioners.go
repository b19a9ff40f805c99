// Package practitioners is the register over HTTP: applications, offices, hours, and the directory
// of doctors.
package practitioners

import (
	"context"
	"net/http"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/practitioners"
)

var tagRegister = web.Tag{Name: "Practitioners",
	Doc: "The register of doctors and pharmacists, and who is online."}

type practitionerOutput struct{ Body practitioners.Practitioner }

type applicationInput struct {
	Body struct {
		Name          string `json:"name" minLength:"1" maxLength:"50" example:"李明"`
		Title         string `json:"title" enum:"resident,attending,associate-chief,chief,pharmacist,pharmacist-in-charge,associate-chief-pharmacist,chief-pharmacist"`
		Licence       string `json:"licence" minLength:"8" maxLength:"30" doc:"Number of the licence to practise (执业证书编码)" example:"110110000012345"`
		LicensedUntil string `json:"licensedUntil" format:"date" doc:"Last day" example:"2031-12-31"`
		PracticeSince string `json:"practiceSince" format:"date" doc:"First day of independent practice" example:"2012-07-01"`
		Department    string `json:"department,omitempty" maxLength:"40" doc:"Doctors only" example:"cardiology"`
		Paediatric    bool   `json:"paediatric,omitempty" doc:"Doctors only"`
		FeeFen        int64  `json:"feeFen,omitempty" minimum:"0" maximum:"100000" doc:"Doctors only: fee of one consultation, fen" example:"2000"`
	}
}

func (in *applicationInput) application() practitioners.Application {
	b := in.Body
	return practitioners.Application{
		Name: b.Name, Title: b.Title, Licence: b.Licence, LicensedUntil: b.LicensedUntil,
		PracticeSince: b.PracticeSince,
		Department:    b.Department, Paediatric: b.Paediatric, FeeFen: b.FeeFen,
	}
}

type presenceInput struct {
	Body struct {
		Online bool `json:"online"`
		Busy   bool `json:"busy,omitempty" doc:"At work, but takes nobody at once; needs online"`
	}
}

func (in *presenceInput) presence() practitioners.Presence {
	switch {
	case !in.Body.Online:
		return practitioners.Offline
	case in.Body.Busy:
		return practitioners.Busy
	}
	return practitioners.Online
}

type hoursInput struct {
	Body struct {
		Was   []practitioners.Hours `json:"was,omitempty" maxItems:"21" doc:"The week that was read; absent: whatever it is"`
		Hours []practitioners.Hours `json:"hours" maxItems:"21" doc:"The whole week; an empty list ends the appointments"`
	}
}

// Closing is a session that is not held, or is after all.
type Closing struct {
	Start  time.Time `json:"start" doc:"Beginning of the session, which names it"`
	Closed bool      `json:"closed" doc:"true: it is not held (停诊), and its appointments are cancelled; false: it is held after all"`
}

type closingInput struct{ Body Closing }

type (
	hoursOutput struct {
		Body struct {
			Hours []practitioners.Hours `json:"hours" doc:"In the order of the week"`
		}
	}
	slotsOutput struct {
		Body struct {
			Slots []practitioners.Slot `json:"slots" doc:"Soonest first, full ones too; seven days ahead"`
		}
	}
)

type departmentsOutput struct {
	Body struct {
		Departments []practitioners.Department `json:"departments"`
	}
}

// DoctorsFilter is which doctors are asked for, page by page.
type DoctorsFilter struct {
	Department string `query:"department" json:"department,omitempty" maxLength:"40" doc:"Code; empty: all" example:"cardiology"`
	Online     bool   `query:"online" json:"online,omitempty" doc:"Only those online now"`
	Free       bool   `query:"free" json:"free,omitempty" doc:"Only those with an appointment left (可约)"`
	Language   string `query:"language" json:"language,omitempty" enum:"zh,yue,en,ug,bo,mn" doc:"In which a visit can be held, ISO 639" example:"zh"`
	After      string `query:"after" json:"after,omitempty" maxLength:"40" doc:"next of the page before" example:"0~5~u7k2mq4xw5zt3yb6nc2da"`
	Limit      int    `query:"limit" json:"limit,omitempty" minimum:"1" maximum:"50" default:"50" example:"20"`
}

func (f DoctorsFilter) find(ctx context.Context, svc *practitioners.Service, word string) (*doctorsOutput, error) {
	found, err := svc.Search(ctx, practitioners.Query{Word: word, Department: f.Department, Online: f.Online,
		Free: f.Free, Language: f.Language, After: f.After, Limit: f.Limit})
	return &doctorsOutput{found}, err
}

type searchDoctorsInput struct {
	Body struct {
		Word string `json:"word" minLength:"1" maxLength:"30" doc:"A name, its pinyin initials, a department, what is treated, or a disease" example:"高血压"`
		DoctorsFilter
	}
}

type doctorsOutput struct{ Body practitioners.Found }

type doctorOutput struct{ Body practitioners.Card }

// RegisterPractitioners adds the register: application, presence, and the directory that everybody
// may read.
func RegisterPractitioners(a *web.API, svc *practitioners.Service) {
	web.Handle(a, web.Op{ID: "apply-practitioner", Method: http.MethodPost, Path: "/v1/practitioners/me",
		Summary: "Apply to be registered, or correct a pending application (执业备案)", Tag: tagRegister,
		Roles: web.PractitionerRoles, Command: true, Status: http.StatusCreated,
		Codes: []string{"already-registered", "licence-taken"}},
		func(ctx context.Context, in *applicationInput) (*practitionerOutput, error) {
			p, err := svc.Apply(ctx, web.Command(ctx, "practitioners.apply"), web.Caller(ctx), in.application())
			return &practitionerOutput{Body: p}, err
		})
	web.Handle(a, web.Op{ID: "my-registration", Method: http.MethodGet, Path: "/v1/practitioners/me",
		Summary: "The caller's registration", Tag: tagRegister, Roles: web.PractitionerRoles},
		func(ctx context.Context, _ *struct{}) (*practitionerOutput, error) {
			p, err := svc.Get(ctx, web.Caller(ctx).Person)
			return &practitionerOutput{Body: p}, err
		})
	// No Idempotency-Key: a sign of life changes no record, and is repeated every thirty seconds.
	web.Handle(a, web.Op{ID: "presence", Method: http.MethodPut, Path: "/v1/practitioners/me/presence",
		Summary: "A sign of life, good for ninety seconds", Tag: tagRegister, Roles: []accounts.Role{accounts.Doctor},
		Status: http.StatusNoContent,
		Codes:  []string{"practitioner-not-approved"}},
		func(ctx context.Context, in *presenceInput) (*struct{}, error) {
			return nil, svc.SetPresence(ctx, web.Caller(ctx).Person, in.presence())
		})
	registerOffice(a, svc)
	registerHours(a, svc)
	registerAbout(a, svc)
	registerPhotos(a, svc)
	registerDirectory(a, svc)
}

type aboutBody struct{ Body practitioners.About }

// registerAbout adds what a doctor says of the own work.
func registerAbout(a *web.API, svc *practitioners.Service) {
	doctor := []accounts.Role{accounts.Doctor}
	web.Handle(a, web.Op{ID: "set-about", Method: http.MethodPut, Path: "/v1/practitioners/me/about",
		Summary: "Say what one treats, who one is and in which languages (个人主页)", Tag: tagRegister, Roles: doctor,
		Command: true, Codes: []string{"practitioner-not-approved"}},
		func(ctx context.Context, in *aboutBody) (*aboutBody, error) {
			said, err := svc.SetAbout(ctx, web.Command(ctx, "practitioners.about"), web.Caller(ctx).Person, in.Body)
			return &aboutBody{said}, err
		})
	web.Handle(a, web.Op{ID: "my-about", Method: http.MethodGet, Path: "/v1/practitioners/me/about",
		Summary: "What one says of the own work", Tag: tagRegister, Roles: doctor},
		func(ctx context.Context, _ *struct{}) (*aboutBody, error) {
			list, err := svc.AboutOf(ctx, web.Caller(ctx).Person)
			return &aboutBody{list[web.Caller(ctx).Person]}, err
		})
}

// registerHours adds a doctor's week (出诊时段) and what is left of it (号源).
func registerHours(a *web.API, svc *practitioners.Service) {
	doctor := []accounts.Role{accounts.Doctor}
	web.Handle(a, web.Op{ID: "set-hours", Method: http.MethodPut, Path: "/v1/practitioners/me/hours",
		Summary: "Set one's weekly hours for appointments (出诊时段)", Tag: tagRegister, Roles: doctor, Command: true,
		Codes: []string{"practitioner-not-approved", "version-conflict"},
		Doc:   "Replaces the whole week, unless the hospital changed it since it was read. Appointments that were made already stay."},
		func(ctx context.Context, in *hoursInput) (*hoursOutput, error) {
			week, err := svc.SetHours(ctx, web.Command(ctx, "practitioners.hours"), web.Caller(ctx).Person,
				in.Body.Was, in.Body.Hours)
			out := &hoursOutput{}
			out.Body.Hours = week
			return out, err
		})
	web.Handle(a, web.Op{ID: "my-hours", Method: http.MethodGet, Path: "/v1/practitioners/me/hours",
		Summary: "One's own weekly hours", Tag: tagRegister, Roles: doctor},
		func(ctx context.Context, _ *struct{}) (*hoursOutput, error) {
			week, err := svc.HoursOf(ctx, web.Caller(ctx).Person)
			out := &hoursOutput{}
			out.Body.Hours = week
			return out, err
		})
	web.Handle(a, web.Op{ID: "close-session", Method: http.MethodPost, Path: "/v1/practitioners/me/closures",
		Summary: "Not hold one of one's sessions (停诊), or hold it after all", Tag: tagRegister, Roles: doctor, Command: true,
		Codes: []string{"practitioner-not-approved", "no-such-session"},
		Doc: "Nobody can book it any more. Its appointments are cancelled and their patients told. Holding it after all " +
			"brings no appointment back."},
		func(ctx context.Context, in *closingInput) (*slotsOutput, error) {
			list, err := svc.SetClosed(ctx, web.Command(ctx, "practitioners.close"), web.Caller(ctx).Person,
				in.Body.Start, in.Body.Closed)
			out := &slotsOutput{}
			out.Body.Slots = list
			return out, err
		})
	web.Handle(a, web.Op{ID: "my-sessions", Method: http.MethodGet, Path: "/v1/practitioners/me/sessions",
		Summary: "One's own sessions of the next seven days", Tag: tagRegister, Roles: doctor},
		func(ctx context.Context, _ *struct{}) (*slotsOutput, error) {
			list, err := svc.Coming(ctx, web.Caller(ctx).Person)
			out := &slotsOutput{}
			out.Body.Slots = list
			return out, err
		})
	web.Handle(a, web.Op{ID: "list-slots", Method: http.MethodGet, Path: "/v1/doctors/{person}/slots",
		Summary: "A doctor's sessions of the next seven days, and what is left of them (号源)", Tag: tagRegister},
		func(ctx context.Context, in *web.PersonPath) (*slotsOutput, error) {
			list, err := svc.Slots(ctx, in.Person)
			out := &slotsOutput{}
			out.Body.Slots = list
			return out, err
		})
}

func registerDirectory(a *web.API, svc *practitioners.Service) {
	web.Handle(a, web.Op{ID: "list-departments", Method: http.MethodGet, Path: "/v1/departments",
		Summary: "Departments (科室)", Tag: tagRegister},
		func(context.Context, *struct{}) (*departmentsOutput, error) {
			out := &departmentsOutput{}
			out.Body.Departments = practitioners.Departments
			return out, nil
		})
	web.Handle(a, web.Op{ID: "list-doctors", Method: http.MethodGet, Path: "/v1/doctors", Summary: "Doctors in office",
		Tag: tagRegister},
		func(ctx context.Context, in *DoctorsFilter) (*doctorsOutput, error) { return in.find(ctx, svc, "") })
	web.Handle(a, web.Op{ID: "search-doctors", Method: http.MethodPost, Path: "/v1/doctors/search",
		Summary: "Search the doctors in office", Tag: tagRegister,
		Doc: "The word may be a disease, so it is not part of the address, which others log."},
		func(ctx context.Context, in *searchDoctorsInput) (*doctorsOutput, error) {
			return in.Body.find(ctx, svc, in.Body.Word)
		})
	web.Handle(a, web.Op{ID: "get-doctor", Method: http.MethodGet, Path: "/v1/doctors/{person}",
		Summary: "One doctor in office", Tag: tagRegister},
		func(ctx context.Context, in *web.PersonPath) (*doctorOutput, error) {
			c, err := svc.DoctorCard(ctx, in.Person)
			return &doctorOutput{Body: c}, err
		})
}
