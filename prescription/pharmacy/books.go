package pharmacy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/stock"
)

// LotView is what the pharmacy has of one lot.
type LotView struct {
	Lot     string `json:"lot" doc:"Lot (批号)" example:"B20260713"`
	Expires string `json:"expires" doc:"Last day of use" example:"2028-06-30"`
	OnHand  int64  `json:"onHand" doc:"Packages on the shelf" example:"40"`
	Expired bool   `json:"expired" doc:"Not to be handed out"`
}

// DrugName is how a list names a drug.
type DrugName struct {
	Drug     string `json:"drug" doc:"Catalogue code" example:"D0001"`
	NameZH   string `json:"nameZh" example:"阿莫西林胶囊"`
	NameEN   string `json:"nameEn" example:"Amoxicillin"`
	Strength string `json:"strength" example:"0.25g"`
	Unit     string `json:"unit" doc:"Of a package" example:"盒"`
}

// ExpiringView is one lot in the list of what expires.
type ExpiringView struct {
	DrugName
	LotView
	Days int `json:"days" doc:"Until its last day; negative: expired" example:"30"`
}

// MovementView is one line of the stock's history.
type MovementView struct {
	DrugName
	Kind     stock.MovementKind `json:"kind" enum:"delivery,correction,claim,release,dispense,writeoff,return"`
	OnHand   int64              `json:"onHand" doc:"Packages put on the shelf; negative: taken away" example:"40"`
	Reserved int64              `json:"reserved" doc:"Packages promised; negative: given free" example:"0"`
	Lot      string             `json:"lot" doc:"Empty: not known, or none moved" example:"B20260713"`
	Person   string             `json:"person" doc:"Name of the pharmacy's person; empty: somebody else's step, such as a cancellation" example:"孙药师"`
	Reason   string             `json:"reason" doc:"Of the pharmacy's own movements" example:"送货单 17"`
	Version  int64              `json:"version" doc:"Counts the line's movements from 1" example:"3"`
	At       time.Time          `json:"at"`
}

const maxWithin = 3660 // days

var errCursor = prescription.Invalid("after", "what the page before answered as next")

func (s *Shelves) nameOf(code string) DrugName {
	n := DrugName{Drug: code}
	if d, ok := s.Formulary.Drug(code); ok {
		n.NameZH, n.NameEN, n.Strength, n.Unit = d.NameZH, d.NameEN, d.Strength, d.PackageUnit
	}
	return n
}

// Expiring returns the actor's own pharmacy's lots whose last day is at most within days away,
// those that have expired among them, the earliest first: ErrRole, ErrInvalid. next goes on behind
// the page.
func (s *Shelves) Expiring(ctx context.Context, a intent.Actor, within int, after string,
	limit int) (out []ExpiringView, next string, err error) {
	if a.Role != chain.RoleDispenser || a.Org == "" {
		return nil, "", prescription.ErrRole
	}
	var behind stock.Lot
	if after != "" {
		parts := strings.SplitN(after, "/", 3)
		if len(parts) != 3 {
			return nil, "", errCursor
		}
		behind = stock.Lot{Expires: parts[0], Drug: parts[1], Lot: parts[2]}
	}
	limit, within = pageOf(limit), min(max(within, 0), maxWithin)
	now := s.Time()
	list, err := s.Stock.LotPage(s.DB.WithContext(ctx), a.Org, china.Day(now.AddDate(0, 0, within)), behind, limit)
	out = []ExpiringView{}
	for _, l := range list {
		out = append(out, ExpiringView{s.nameOf(l.Drug), LotView{l.Lot, l.Expires, l.OnHand, l.Expired(china.Day(now))},
			daysBetween(china.Day(now), l.Expires)})
	}
	if len(list) == limit {
		l := list[limit-1]
		next = l.Expires + "/" + l.Drug + "/" + l.Lot
	}
	return out, next, err
}

func daysBetween(from, to string) int {
	a, _ := time.Parse(time.DateOnly, from)
	b, _ := time.Parse(time.DateOnly, to)
	return int(b.Sub(a).Hours() / 24)
}

func pageOf(limit int) int {
	if limit < 1 || limit > stock.MaxListed {
		return stock.MaxListed
	}
	return limit
}

// Movements returns the history of the actor's own pharmacy's stock, of one drug when it is not
// empty, newest first: ErrRole, ErrInvalid. It names no prescription and no patient. next goes on
// behind the page.
func (s *Shelves) Movements(ctx context.Context, a intent.Actor, drug, after string,
	limit int) (out []MovementView, next string, err error) {
	if a.Role != chain.RoleDispenser || a.Org == "" {
		return nil, "", prescription.ErrRole
	}
	var before stock.Movement
	if after != "" {
		if before, err = movementAt(after); err != nil {
			return nil, "", err
		}
	}
	limit = pageOf(limit)
	list, err := s.Stock.Movements(s.DB.WithContext(ctx), a.Org, drug, before, limit)
	if err != nil {
		return nil, "", err
	}
	names := map[string]string{}
	out = []MovementView{}
	for _, m := range list {
		name, known := names[m.Person]
		if !known && m.Person != "" {
			if name, err = s.colleague(ctx, a.Org, m.Person); err != nil {
				return nil, "", err
			}
			names[m.Person] = name
		}
		out = append(out, MovementView{s.nameOf(m.Drug), m.Kind, m.OnHand, m.Reserved, m.Lot, name, m.Reason, m.Version,
			m.At})
	}
	if len(list) == limit {
		m := list[limit-1]
		next = fmt.Sprintf("%d/%d/%s", m.At.UnixMilli(), m.Version, m.Drug)
	}
	return out, next, nil
}

// colleague is the name of a dispenser of the pharmacy; nobody else's is told.
func (s *Shelves) colleague(ctx context.Context, pharmacy, person string) (string, error) {
	who, err := s.Practitioners.Dispenser(ctx, person)
	switch {
	case errors.Is(err, prescription.ErrNotFound):
		return "", nil
	case err != nil:
		return "", err
	case who.Pharmacy != pharmacy:
		return "", nil
	}
	return who.Name, nil
}

func movementAt(cursor string) (stock.Movement, error) {
	parts := strings.SplitN(cursor, "/", 3)
	if len(parts) != 3 || slices.Contains(parts, "") {
		return stock.Movement{}, errCursor
	}
	at, err := strconv.ParseInt(parts[0], 10, 64)
	version, errVersion := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || errVersion != nil || version < 1 {
		return stock.Movement{}, errCursor
	}
	return stock.Movement{At: time.UnixMilli(at), Version: version, Drug: parts[2]}, nil
}
