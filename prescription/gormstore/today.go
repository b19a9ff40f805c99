package gormstore

import (
	"context"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
)

// Standing is how many prescriptions have a status.
type Standing struct {
	Status string     `json:"status" example:"signed"`
	Count  int64      `json:"count" example:"4"`
	First  *time.Time `json:"first,omitempty" doc:"When the oldest of them was drafted"`
}

// Today counts a hospital's prescriptions by status: those that were drafted since a moment, and
// all that somebody still has to move, whatever their day. Drafts are left out. Both go by the
// index over hospital, status and time.
func Today(ctx context.Context, db *sqlstore.DB, hospital string,
	from time.Time) (today, open []Standing, err error) {
	count := func(statuses []prescription.Status, from time.Time) ([]Standing, error) {
		var rows []struct {
			Status   string
			N, First int64
		}
		q := db.WithContext(ctx).Model(&row{}).Select("status, COUNT(*) AS n, MIN(drafted_at) AS first").
			Where("hospital = ? AND status IN ?", hospital, statuses).Group("status").Order("status")
		if !from.IsZero() {
			q = q.Where("drafted_at >= ?", from.UnixMilli())
		}
		if err := q.Scan(&rows).Error; err != nil {
			return nil, err
		}
		list := make([]Standing, len(rows))
		for i, r := range rows {
			first := time.UnixMilli(r.First).UTC()
			list[i] = Standing{r.Status, r.N, &first}
		}
		return list, nil
	}
	signed := prescription.Statuses[1:] // behind the draft
	if open, err = count(slices.DeleteFunc(slices.Clone(signed), prescription.Status.Final), time.Time{}); err != nil {
		return nil, nil, err
	}
	today, err = count(signed, from)
	return today, open, err
}
