// Package ratings is what patients thought of their visits, over HTTP.
package ratings

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/consult"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/rating"
)

var tagRatings = web.Tag{Name: "Ratings", Office: true, Doc: "What patients thought of their visits (评价)."}

type rateInput struct {
	consult.ConsultationID
	Body struct {
		Stars int    `json:"stars" minimum:"1" maximum:"5" example:"5"`
		Words string `json:"words,omitempty" maxLength:"500" doc:"The doctor reads them without a name" example:"解释得很清楚"`
	}
}

type ratingOutput struct{ Body rating.Rating }

type heardOutput struct{ Body rating.Heard }

// Register adds the ratings of visits.
func Register(a *web.API, svc *rating.Service) {
	patient, doctor := []accounts.Role{accounts.Patient}, []accounts.Role{accounts.Doctor}
	web.Handle(a, web.Op{ID: "rate-visit", Method: http.MethodPut, Path: "/v1/consultations/{id}/rating",
		Summary: "Rate a finished visit, once; the rating can be changed for seven days (评价)", Tag: tagRatings,
		Roles: patient, Command: true, Codes: []string{"rating-visit", "rating-closed"}},
		func(ctx context.Context, in *rateInput) (*ratingOutput, error) {
			r, err := svc.Rate(ctx, web.Command(ctx, "rating.rate"), web.Caller(ctx).Person, in.ID,
				rating.Rating{Stars: in.Body.Stars, Words: in.Body.Words})
			return &ratingOutput{r}, err
		})
	web.Handle(a, web.Op{ID: "get-rating", Method: http.MethodGet, Path: "/v1/consultations/{id}/rating",
		Summary: "The own rating of a finished visit; no stars while there is none", Tag: tagRatings, Roles: patient,
		Codes: []string{"rating-visit"}},
		func(ctx context.Context, in *consult.ConsultationID) (*ratingOutput, error) {
			r, err := svc.Of(ctx, web.Caller(ctx).Person, in.ID)
			return &ratingOutput{r}, err
		})
	web.Handle(a, web.Op{ID: "my-ratings", Method: http.MethodGet, Path: "/v1/practitioners/me/ratings",
		Summary: "What patients thought of one's visits, without names and from five ratings on", Tag: tagRatings,
		Roles: doctor},
		func(ctx context.Context, _ *struct{}) (*heardOutput, error) {
			h, err := svc.Heard(ctx, web.Caller(ctx).Person)
			return &heardOutput{h}, err
		})
}
