// Package family keeps who may read and act for whom: a child's guardians (监护人), and the adults
// whom an adult lets into the own record (家人代办). It promises that nobody but the owner of a record
// lets an adult into it, that a right ends the moment the owner takes it back, and that two
// people's tie is decided in one place (May).
package family

import (
	"cmp"
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Notes of ties in the owner's access log. The mini-app has words for each.
const (
	NoteInvited   = "family code made"
	NoteAsks      = "family asks"
	NoteConfirmed = "family confirmed"
	NoteActs      = "family may act"
	NoteReads     = "family may read"
	NoteEnded     = "family ended"
)

// What happened to a tie, for who is told.
const (
	HappenedAsked     = "asked"
	HappenedConfirmed = "confirmed"
	HappenedRights    = "rights"
	HappenedEnded     = "ended"
)

// Who is a person as far as ties need it.
type Who struct {
	Name  string // as it is on file
	Adult bool   // of age, with a real name that is bound, and somebody logs in
}

// People knows persons, and keeps the access log.
type People interface {
	Who(tx *gorm.DB, person string) (Who, error)
	// One tells whether two persons are one human.
	One(tx *gorm.DB, a, b string) (bool, error)
	NoteFamily(tx *gorm.DB, owner, actor, reason string) error
}

// Service keeps the ties between adults. It is safe for concurrent use.
type Service struct {
	Now func() time.Time
	// Notify is called with what happened to a tie, in its transaction; by is the person who did
	// it, empty for what follows from something else. nil: nobody does.
	Notify func(tx *gorm.DB, t Tie, what, by string) error

	db     *sqlstore.DB
	box    *keystore.Box
	people People
}

// New makes a service; box indexes the codes.
func New(db *sqlstore.DB, box *keystore.Box, people People) *Service {
	return &Service{Now: time.Now, db: db, box: box, people: people}
}

// Wish is whom an owner means to let in, and how far.
type Wish struct {
	Relation Relation
	Acts     bool
}

// Invitation is a code, shown once.
type Invitation struct {
	Code      string    `json:"code" doc:"Eight digits, for one use; told to the relative, who types them in" example:"40718263"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// View is a tie as one side sees it.
type View struct {
	ID       string    `json:"id" example:"F7K2MQ4XW5ZT3YB6NC2DAJ4HR2P"`
	Person   string    `json:"person,omitempty" doc:"Person id of the other side; absent until the owner has confirmed" example:"u7k2mq4xw5zt3yb6nc2da"`
	Name     string    `json:"name,omitempty" doc:"Of the other side, as it is on file" example:"陈晓燕"`
	Relation Relation  `json:"relation" enum:"parent,spouse,child,other" doc:"What the relative is to the owner of the record"`
	Acts     bool      `json:"acts" doc:"The relative acts as well; false: reads only"`
	State    State     `json:"state" enum:"asked,confirmed,ended" doc:"asked: the owner confirms, within a day"`
	Since    time.Time `json:"since"`
}

// List is a person's ties: who is let into the own record, and into whose the person is.
type List struct {
	Mine   []View `json:"mine" doc:"Who reads or acts for the caller, or asks to"`
	Others []View `json:"others" doc:"For whom the caller reads or acts, or asks to"`
}

// Invite makes the owner's code, in place of one not used yet: invalid.ErrInput, ErrNotBound,
// ErrFull, ErrInvites. Only the code's keyed digest is kept.
func (s *Service) Invite(ctx context.Context, cmd sqlstore.Command, owner string, w Wish) (Invitation, error) {
	var c invalid.Check
	c.That(w.Relation.Known(), "body.relation", "parent, spouse, child or other")
	if c.Err() != nil {
		return Invitation{}, c.Err()
	}
	for try := 1; ; try++ {
		code, err := drawCode()
		if err != nil {
			return Invitation{}, err
		}
		out, _, err := sqlstore.Answer[Invitation](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
			return s.invite(tx, owner, w, code)
		}))
		if !sqlstore.IsDuplicate(err) || try == codeTries {
			return out, err
		}
	}
}

// codeTries is how often a code is drawn until nobody else has it.
const codeTries = 5

func (s *Service) invite(tx *gorm.DB, owner string, w Wish, code string) (out Invitation, err error) {
	now := s.Now()
	if who, err := s.people.Who(tx, owner); err != nil || !who.Adult {
		return out, cmp.Or(err, ErrNotBound)
	}
	mine, err := s.live(tx, "owner", owner)
	if err != nil {
		return out, err
	}
	if len(mine) >= MaxRelatives {
		return out, ErrFull
	}
	var made int64
	err = tx.Model(&inviteRow{}).Where("owner = ? AND created_at > ?", owner, now.Add(-day).UnixMilli()).
		Count(&made).Error
	if err != nil {
		return out, err
	}
	if made >= MaxInvites {
		return out, ErrInvites
	}
	if err := s.dropCodes(tx, owner); err != nil {
		return out, err
	}
	out = Invitation{Code: code, ExpiresAt: now.Add(CodeLife).UTC().Truncate(time.Millisecond)}
	row := inviteRow{ID: newTie(), Owner: owner, Relation: string(w.Relation), Acts: w.Acts, CodeIndex: s.index(code),
		CreatedAt: now.UnixMilli(), ExpiresAt: out.ExpiresAt.UnixMilli()}
	if err := tx.Create(&row).Error; err != nil {
		return out, err
	}
	return out, s.people.NoteFamily(tx, owner, owner, NoteInvited)
}

func (s *Service) index(code string) string { return s.box.Index(code, "family.code") }

// Enter takes the code that an owner told: the owner is asked to confirm. ErrNotBound, ErrMisses,
// ErrCode for anything that is no code now, ErrSelf, ErrFull, ErrStep where the tie stands already.
// An attempt is counted before it is judged, so that parallel ones cannot pass together.
func (s *Service) Enter(ctx context.Context, cmd sqlstore.Command, relative, code string) (View, error) {
	var n int64
	at := s.Now()
	err := s.db.Tx(ctx, func(tx *gorm.DB) (err error) {
		n, err = count(tx, relative, at, 1)
		return err
	})
	if err == nil && n > MaxMisses {
		err = ErrMisses
	}
	if err != nil {
		return View{}, err
	}
	v, replayed, err := sqlstore.Answer[View](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		t, err := s.enter(tx, relative, code)
		if err != nil {
			return nil, err
		}
		if _, err := count(tx, relative, at, -1); err != nil { // it was right
			return nil, err
		}
		return s.view(tx, t, relative)
	}))
	if replayed { // it was right before
		err = s.db.Tx(ctx, func(tx *gorm.DB) error {
			_, err := count(tx, relative, at, -1)
			return err
		})
	}
	return v, err
}

func (s *Service) enter(tx *gorm.DB, relative, code string) (Tie, error) {
	now := s.Now()
	if who, err := s.people.Who(tx, relative); err != nil || !who.Adult {
		return Tie{}, cmp.Or(err, ErrNotBound)
	}
	var i inviteRow
	res := tx.Where("code_index = ? AND used_at = 0 AND expires_at > ?", s.index(code), now.UnixMilli()).
		Limit(1).Find(&i)
	if res.Error != nil || res.RowsAffected == 0 {
		return Tie{}, cmp.Or(res.Error, ErrCode)
	}
	if one, err := s.people.One(tx, i.Owner, relative); err != nil || one {
		return Tie{}, cmp.Or(err, ErrSelf)
	}
	for column, most := range map[string]int{"relative": MaxHelped, "owner": MaxRelatives} {
		person := map[string]string{"relative": relative, "owner": i.Owner}[column]
		others, err := s.live(tx, column, person)
		if err != nil {
			return Tie{}, err
		}
		if len(others) >= most {
			return Tie{}, ErrFull
		}
	}
	t := Tie{Owner: i.Owner, Relative: relative}
	before, err := ties(tx, tx.Where("owner = ? AND relative = ?", i.Owner, relative).Limit(1))
	if err != nil {
		return Tie{}, err
	}
	if len(before) > 0 && !before[0].over(now) {
		t.State = before[0].State
	}
	res = tx.Model(&inviteRow{}).Where("id = ? AND used_at = 0", i.ID).Update("used_at", now.UnixMilli())
	if res.Error != nil || res.RowsAffected != 1 {
		return Tie{}, cmp.Or(res.Error, ErrCode)
	}
	t.ID, t.Relation, t.Acts = newTie(), Relation(i.Relation), i.Acts
	return t, s.step(tx, &t, DoAsk, relative, NoteAsks)
}

// step moves a tie, notes it for the owner and tells both.
func (s *Service) step(tx *gorm.DB, t *Tie, do Step, by, note string) (err error) {
	what := map[Step]string{DoAsk: HappenedAsked, DoConfirm: HappenedConfirmed, DoEnd: HappenedEnded}[do]
	if t.State == Confirmed && do == DoConfirm {
		what = HappenedRights
	}
	if t.State, err = t.State.Then(do); err != nil {
		return err
	}
	t.Since = s.Now().UnixMilli()
	if err := save(tx, *t); err != nil {
		return err
	}
	actor := by
	if actor == "" {
		actor = t.Owner
	}
	if err := s.people.NoteFamily(tx, t.Owner, actor, note); err != nil || s.Notify == nil {
		return err
	}
	return s.Notify(tx, *t, what, by)
}

// Confirm lets a relative in who typed the owner's code: ErrNotFound, also for the relative;
// ErrStep, ErrNotBound.
func (s *Service) Confirm(ctx context.Context, cmd sqlstore.Command, owner, id string, acts bool) (View, error) {
	return s.change(ctx, cmd, owner, id, func(tx *gorm.DB, t Tie) error {
		if t.Owner != owner {
			return ErrNotFound
		}
		if t.State != Asked {
			return ErrStep
		}
		for _, person := range []string{owner, t.Relative} {
			if who, err := s.people.Who(tx, person); err != nil || !who.Adult {
				return cmp.Or(err, ErrNotBound)
			}
		}
		t.Acts = acts
		return s.step(tx, &t, DoConfirm, owner, NoteConfirmed)
	})
}

// Allow changes how far a relative goes who is let in: ErrNotFound, also for the relative; ErrStep.
func (s *Service) Allow(ctx context.Context, cmd sqlstore.Command, owner, id string, acts bool) (View, error) {
	return s.change(ctx, cmd, owner, id, func(tx *gorm.DB, t Tie) error {
		if t.Owner != owner {
			return ErrNotFound
		}
		if t.State != Confirmed {
			return ErrStep
		}
		if t.Acts == acts {
			return nil
		}
		t.Acts = acts
		note := NoteReads
		if acts {
			note = NoteActs
		}
		return s.step(tx, &t, DoConfirm, owner, note)
	})
}

// End takes a right back, or refuses who asks, or gives it up: either side's. ErrNotFound.
func (s *Service) End(ctx context.Context, cmd sqlstore.Command, actor, id string) (View, error) {
	return s.change(ctx, cmd, actor, id, func(tx *gorm.DB, t Tie) error {
		return s.step(tx, &t, DoEnd, actor, NoteEnded)
	})
}

func (s *Service) change(ctx context.Context, cmd sqlstore.Command, actor, id string,
	fn func(*gorm.DB, Tie) error) (View, error) {
	v, _, err := sqlstore.Answer[View](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		t, err := s.one(tx, actor, id)
		if err != nil {
			return nil, err
		}
		if err := fn(tx, t); err != nil {
			return nil, err
		}
		after, err := ties(tx, tx.Where("id = ?", id))
		if err != nil || len(after) == 0 {
			return nil, cmp.Or(err, ErrNotFound)
		}
		return s.view(tx, after[0], actor)
	}))
	return v, err
}

// view shows one side the other. The relative learns whose record it is once the owner has
// confirmed.
func (s *Service) view(tx *gorm.DB, t Tie, actor string) (View, error) {
	v := View{ID: t.ID, Relation: t.Relation, Acts: t.Acts, State: t.State, Since: time.UnixMilli(t.Since).UTC()}
	other := t.Owner
	if actor == t.Owner {
		other = t.Relative
	} else if t.State != Confirmed {
		return v, nil
	}
	who, err := s.people.Who(tx, other)
	v.Person, v.Name = other, who.Name
	return v, err
}

// List shows a person's ties, those that have not ended.
func (s *Service) List(ctx context.Context, person string) (List, error) {
	tx := s.db.WithContext(ctx)
	out := List{Mine: []View{}, Others: []View{}}
	for _, side := range []struct {
		column string
		to     *[]View
	}{{"owner", &out.Mine}, {"relative", &out.Others}} {
		list, err := s.live(tx, side.column, person)
		if err != nil {
			return out, err
		}
		for _, t := range list {
			v, err := s.view(tx, t, person)
			if err != nil {
				return out, err
			}
			*side.to = append(*side.to, v)
		}
	}
	return out, nil
}
