package app

import (
	"context"
	"time"

	"github.com/smart-hospital/hospital/app/consult/day"
	installationapi "github.com/smart-hospital/hospital/app/httpapi/installation"
	"github.com/smart-hospital/hospital/chain/platform/china"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
)

// today gathers the hospital's day for its administrator.
func (a *App) today(ctx context.Context) (t installationapi.Today, err error) {
	t.At = time.Now().UTC().Truncate(time.Millisecond)
	t.Day = china.Day(t.At)
	from, err := time.ParseInLocation(time.DateOnly, t.Day, china.Zone)
	if err != nil {
		return t, err
	}
	if t.Visits, err = day.Count(a.DB.WithContext(ctx), from); err != nil {
		return t, err
	}
	t.Alarms = len(a.watch.Report().Open)
	t.Prescriptions.Today, t.Prescriptions.Open, err = prescriptionstore.Today(ctx, a.DB, a.Cfg.Hospital, from)
	return t, err
}
