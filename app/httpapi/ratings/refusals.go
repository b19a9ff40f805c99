package ratings

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/app/rating"
)

// Refusals are this room's.
var Refusals = []problem.Entry{
	{Code: "rating-visit", Status: http.StatusConflict, Is: rating.ErrVisit,
		Do: "Rate a visit once its doctor has finished it."},
	{Code: "rating-closed", Status: http.StatusConflict, Is: rating.ErrClosed,
		Do: "A visit is rated within 90 days of its end, a rating is changed within seven days."},
}
