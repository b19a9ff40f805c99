// Package day counts a hospital's visits at a glance.
package day

import (
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult"
)

// Visits is a hospital's visits at a glance, in numbers alone.
type Visits struct {
	Waiting   int64      `json:"waiting" doc:"Requested or accepted, and not begun; of any day" example:"7"`
	Since     *time.Time `json:"since,omitempty" doc:"Since when the first of them waits"`
	Active    int64      `json:"active" doc:"Begun and not ended" example:"2"`
	Asked     int64      `json:"asked" doc:"Asked for today, whatever became of them" example:"64"`
	Finished  int64      `json:"finished" doc:"Of these, finished" example:"50"`
	Cancelled int64      `json:"cancelled" doc:"Of these, cancelled by patient, doctor or time" example:"5"`
	Waited    int        `json:"waitedMinutes" doc:"Mean wait of these until a doctor accepted; appointments are left out" example:"12"`
}

// todayRow is one state's visits.
type todayRow struct {
	State    string
	N        int64
	First    int64
	Measured int64
	Waited   int64
}

// Count counts the visits since a moment, and those that are open. Both counts go by the index over
// state and time.
func Count(db *gorm.DB, from time.Time) (t Visits, err error) {
	open, err := countStates(db, []consult.State{consult.Requested, consult.Accepted, consult.Active}, time.Time{})
	if err != nil {
		return t, err
	}
	for _, r := range open {
		if consult.State(r.State) == consult.Active {
			t.Active += r.N
			continue
		}
		t.Waiting += r.N
		if first := time.UnixMilli(r.First).UTC(); r.First > 0 && (t.Since == nil || first.Before(*t.Since)) {
			t.Since = &first
		}
	}
	rows, err := countStates(db, consult.States, from)
	if err != nil {
		return t, err
	}
	var measured, waited int64
	for _, r := range rows {
		t.Asked += r.N
		measured, waited = measured+r.Measured, waited+r.Waited
		switch consult.State(r.State) {
		case consult.Finished:
			t.Finished = r.N
		case consult.Cancelled:
			t.Cancelled = r.N
		}
	}
	if measured > 0 {
		t.Waited = int(time.Duration(waited/measured) * time.Millisecond / time.Minute)
	}
	return t, nil
}

func countStates(db *gorm.DB, states []consult.State, from time.Time) (rows []todayRow, err error) {
	names := make([]string, len(states))
	for i, s := range states {
		names[i] = string(s)
	}
	q := db.Table("consultations").Select(`state, COUNT(*) AS n, MIN(created_at) AS first,
		SUM(CASE WHEN accepted_at > 0 AND slot_start = 0 THEN 1 ELSE 0 END) AS measured,
		SUM(CASE WHEN accepted_at > 0 AND slot_start = 0 THEN accepted_at - created_at ELSE 0 END) AS waited`).
		Where("state IN ?", names).Group("state")
	if !from.IsZero() {
		q = q.Where("created_at >= ?", from.UnixMilli())
	}
	return rows, q.Scan(&rows).Error
}
