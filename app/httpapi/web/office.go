package web

import (
	"context"
	"slices"

	"github.com/smart-hospital/hospital/app/accounts"
)

// Office tells whether a practitioner is in office now and has proved to be who that is.
type Office interface {
	InOffice(ctx context.Context, person string) error
}

// RequireOffice has doctors and pharmacists answer for their office at every look at a patient's
// record (Tag.Office), and not only when they sign: a suspension ends no session, and a session
// lives for days. A practitioner who is not in office still logs in, applies, and revokes a key.
// Call it before anything is registered.
func (a *API) RequireOffice(o Office) { a.office = o }

// RequireHome names the hospital whose administrators alone see its books: those of a pharmacy that
// is served here rule their own.
func (a *API) RequireHome(org string) { a.home = org }

// InOffice is practitioners.ErrNotApproved for one who is suspended or whose licence has run out.
func (a *API) InOffice(ctx context.Context, acc accounts.Account) error {
	if a.office == nil || !slices.Contains(PractitionerRoles, acc.Role) {
		return nil
	}
	return a.office.InOffice(ctx, acc.Person)
}
