// Package problem turns errors into RFC 9457 problem details with stable codes. Rooms return
// sentinels, and list beside their HTTP what each of them means to a client; a Table is all those
// lists in order. An error nobody listed is a 500 with a fixed sentence: its text goes to the log,
// never to the client.
package problem

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Problem is the body of every refusal (RFC 9457 section 3.1) with our members code, errors and
// consultation.
type Problem struct {
	Type     string  `json:"type" doc:"Documentation of the code" example:"/problems#claim-held"`
	Title    string  `json:"title" doc:"HTTP status in words" example:"Conflict"`
	Status   int     `json:"status" doc:"HTTP status" example:"409"`
	Detail   string  `json:"detail" doc:"What is wrong, for a developer; holds no personal data" example:"another pharmacy holds this prescription"`
	Code     string  `json:"code" doc:"Stable code; append-only, never re-used" example:"claim-held"`
	Instance string  `json:"instance,omitempty" doc:"Request id, as in the log" example:"urn:request:3f0c…"`
	Errors   []Field `json:"errors,omitempty" doc:"Each wrong field with its rule"`
	// Consultation is told to who may enter it alone.
	Consultation string `json:"consultation,omitempty" doc:"With consultation-open: the consultation in which to go on" example:"CN7k2mq4xw5zt3yb6nc2da"`

	retryAfter int // seconds, 0: no such header
}

// Field is one wrong field.
type Field = invalid.Field

// Error implements error with the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType makes huma answer with application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders implements huma.HeadersError: Retry-After (RFC 9110 section 10.2.3) where the error
// knows it.
func (p *Problem) GetHeaders() http.Header {
	if p.retryAfter == 0 {
		return nil
	}
	return http.Header{"Retry-After": {strconv.Itoa(p.retryAfter)}}
}

// After says in how many seconds the next try makes sense.
func (p *Problem) After(seconds int) *Problem {
	p.retryAfter = seconds
	return p
}

// New makes a problem of a code that is no room's. It panics on any other: the list is the
// contract.
func New(code, detail string, fields ...Field) *Problem {
	i := slices.IndexFunc(general, func(e Entry) bool { return e.Code == code })
	if i < 0 {
		panic("problem: unlisted code " + code)
	}
	return general[i].New(detail, fields...)
}

// New makes a problem of an entry.
func (e Entry) New(detail string, fields ...Field) *Problem {
	return &Problem{Type: "/problems#" + e.Code, Title: http.StatusText(e.Status), Status: e.Status, Detail: detail,
		Code: e.Code, Errors: fields}
}

// Fielder is an error that knows which fields are wrong.
type Fielder interface {
	error
	ProblemFields() []Field
}

// Breach is an error of a room that names one field, the rule it breaks and the law behind it, in
// basic types.
type Breach interface {
	error
	Broken() (field, rule, cite string)
}

// Breaches is an error of a room that names several fields, each as Breach does.
type Breaches interface {
	error
	EachBroken(yield func(field, rule, cite string))
}

// Waiter is an error that knows how many seconds to wait before the next try makes sense.
type Waiter interface {
	error
	RetryAfter() int
}

// Elsewhere is an error that knows the consultation in which to go on.
type Elsewhere interface {
	error
	OpenConsultation() string
}

// defaultRetryAfter is in seconds, for a 503 whose cause knows no better.
const defaultRetryAfter = 5

// Of maps an error to its problem: a *Problem stays, a listed sentinel (first match wins) becomes
// its entry, with the error's own text when the entry says that it is fit for clients; anything
// else is "internal".
func (t *Table) Of(err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	for _, e := range t.entries {
		if e.Is == nil || !errors.Is(err, e.Is) {
			continue
		}
		p := e.New(e.Detail)
		if e.Detail == "" {
			p.Detail = err.Error()
		}
		if f, ok := errors.AsType[Fielder](err); ok {
			p.Errors = f.ProblemFields()
		}
		if b, ok := errors.AsType[Breach](err); ok {
			field, rule, cite := b.Broken()
			p.Errors = append(p.Errors, Field{Field: field, Rule: rule, Cite: cite})
		}
		if b, ok := errors.AsType[Breaches](err); ok {
			b.EachBroken(func(field, rule, cite string) {
				p.Errors = append(p.Errors, Field{Field: field, Rule: rule, Cite: cite})
			})
		}
		if o, ok := errors.AsType[Elsewhere](err); ok {
			p.Consultation = o.OpenConsultation()
		}
		if w, ok := errors.AsType[Waiter](err); ok {
			p.retryAfter = w.RetryAfter()
		}
		if p.Status == http.StatusServiceUnavailable && p.retryAfter == 0 {
			p.retryAfter = defaultRetryAfter
		}
		return p
	}
	return New("internal", "the server could not do this; it has been logged under the request id")
}

// FromStatus is huma's error constructor: validation and protocol errors keep their status and get
// a code of the list.
func FromStatus(status int, msg string, errs ...error) huma.StatusError {
	fields := make([]Field, 0, len(errs))
	for _, err := range errs {
		if err == nil {
			continue
		}
		var d huma.ErrorDetailer
		if errors.As(err, &d) {
			// The value is left out: it may be somebody's name.
			fields = append(fields, placed(d.ErrorDetail().Location, d.ErrorDetail().Message))
			continue
		}
		if status < 500 {
			fields = append(fields, Field{Rule: err.Error()})
		}
	}
	p := New(codeOfStatus(status), msg, fields...)
	p.Status, p.Title = status, http.StatusText(status)
	return p
}

// placed names the line of a body that its decoder did not take: huma knows only that it was the
// body.
func placed(location, message string) Field {
	if path, rule, ok := text.CutMisfit(message); ok && location == "body" {
		return Field{Field: location + "." + path, Rule: rule}
	}
	return Field{Field: location, Rule: message}
}

func codeOfStatus(status int) string {
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return "invalid-input"
	case http.StatusUnauthorized:
		return "unauthenticated"
	case http.StatusForbidden:
		return "forbidden"
	case http.StatusNotFound:
		return "not-found"
	case http.StatusMethodNotAllowed:
		return "method-not-allowed"
	case http.StatusRequestTimeout:
		return "request-timeout"
	case http.StatusConflict:
		return "conflict"
	case http.StatusRequestEntityTooLarge:
		return "too-large"
	case http.StatusUnsupportedMediaType, http.StatusNotAcceptable:
		return "unsupported-media-type"
	case http.StatusTooManyRequests:
		return "rate-limited"
	case http.StatusServiceUnavailable:
		return "unavailable"
	}
	return "internal"
}
