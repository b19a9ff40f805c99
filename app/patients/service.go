package patients

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Service keeps profiles. It is safe for concurrent use. The person who acts is always the first
// person argument; a profile that is neither its own nor a ward's is ErrNotFound.
type Service struct {
	Now func() time.Time
	// Logout ends an account's sessions after its person changed; nil: they know by themselves.
	Logout func(ctx context.Context, account string) error
	// Note writes a line of the security log in the transaction of what the desk did; nil: none is
	// kept.
	Note func(tx *gorm.DB, e securitylog.Event) error
	// Notify is called with a guardianship's steps, in their transactions; by is the person who
	// took one, empty for the desk. nil: nobody does.
	Notify func(tx *gorm.DB, g family.Guardianship, by string) error
	// Named tells whether the chain knows a log-in by its CN, which it then keeps: it had a key, or
	// a prescription that still runs names it as who acts for the patient. nil: nobody is known.
	Named func(tx *gorm.DB, person string) (bool, error)
	// Ending makes ready, outside a transaction, what ends a person's live keys at a word of by's;
	// what it returns ends them in one, and MUST be sqlstore.ErrConflict when there is a key that
	// it did not know of. nil: there are no keys.
	Ending func(ctx context.Context, by accounts.Account, person string) (func(tx *gorm.DB) error, error)
	// Ties ends the ties of who leaves, or loses the number that others know it by; nil: there are
	// none.
	Ties interface {
		EndAll(tx *gorm.DB, person string) error
	}

	db    *sqlstore.DB
	store profile.Store
}

// New makes a service; box seals every personal column.
func New(db *sqlstore.DB, box *keystore.Box) *Service {
	return &Service{Now: time.Now, db: db, store: profile.NewStore(box)}
}

// Get returns a profile: the actor's own, which is empty as long as nothing was entered, or a
// ward's. ErrNotFound.
func (s *Service) Get(ctx context.Context, actor, person string) (profile.Profile, error) {
	return s.mine(s.db.WithContext(ctx), actor, person)
}

func (s *Service) mine(tx *gorm.DB, actor, person string) (profile.Profile, error) {
	p, err := s.store.Load(tx, person)
	if errors.Is(err, profile.ErrNotFound) && actor == person {
		return profile.Profile{Person: person}, nil
	}
	if err == nil {
		err = s.may(tx, actor, p)
	}
	if err != nil {
		return profile.Profile{}, err
	}
	return p, nil
}

// may is nil for whom a profile is there by the right that is asked for: the person, its guardians,
// and the relatives whom it let in. ErrNotFound for everybody else.
func (s *Service) may(tx *gorm.DB, actor string, p profile.Profile) error {
	if p.ManagedBy(actor, s.Now()) {
		if actor != p.Person {
			right.Touch(tx.Statement.Context, actor, p.Person)
		}
		return nil
	}
	ok, err := family.May(tx, actor, p.Person, right.Of(tx.Statement.Context))
	if err == nil && !ok {
		err = profile.ErrNotFound
	}
	return err
}

// Update is what a person may change at any time.
type Update struct {
	Phone   string // empty or a mainland mobile number
	Health  profile.Health
	Version int64 // the one that was read
}

// Update writes phone and health: invalid.ErrInput, ErrNotFound, sqlstore.ErrConflict.
func (s *Service) Update(ctx context.Context, cmd sqlstore.Command, actor, person string, u Update) (View, error) {
	return s.change(ctx, cmd, actor, person, func(_ *gorm.DB, p *profile.Profile) error {
		if p.Version != u.Version {
			return sqlstore.ErrConflict
		}
		var c invalid.Check
		c.That(u.Phone == "" || text.Mobile(u.Phone), "body.phone", "a mainland mobile number of 11 digits, or empty")
		u.Health.Check(&c, p.Sex(), s.Now())
		if err := c.Err(); err != nil {
			return err
		}
		p.Phone, p.Health = u.Phone, u.Health
		return nil
	})
}

// Bind enters the actor's real name. A number that another profile holds, or that is a member of
// staff's, is Contested: nothing rests on it until it is proven (see ProveByCard and ProveAtDesk).
// invalid.ErrInput, ErrBound, ErrClaim for one who contests already.
func (s *Service) Bind(ctx context.Context, cmd sqlstore.Command, actor string, id identity.Identity) (View, error) {
	var c invalid.Check
	if id.Check(&c, s.Now()); c.Err() != nil {
		return View{}, c.Err()
	}
	return s.change(ctx, cmd, actor, actor, func(tx *gorm.DB, p *profile.Profile) error {
		if p.Claim.Holds() {
			return ErrBound
		}
		holder, err := s.store.Holder(tx, s.store.Index(id))
		if err != nil {
			return err
		}
		staff, err := s.store.StaffWith(tx, s.store.Index(id), p.Person)
		if err != nil {
			return err
		}
		act, reason := profile.TypeFree, access.NoteTyped
		if len(staff) > 0 || (holder != "" && holder != p.Person) {
			act, reason = profile.TypeTaken, access.NoteContested
		}
		if p.Claim, err = p.Claim.Then(act); err != nil {
			return err
		}
		p.Identity = &id
		var c invalid.Check
		if p.Health.Check(&c, id.Sex, s.Now()); c.Err() != nil { // a man cannot have answered that he is pregnant
			return c.Err()
		}
		if act == profile.TypeTaken && holder != "" {
			if err := s.noteSelf(tx, holder, actor, reason); err != nil {
				return err
			}
		}
		return s.noteSelf(tx, p.Person, actor, reason)
	})
}

// Withdraw takes back a number that the actor contests or lost: ErrClaim otherwise.
func (s *Service) Withdraw(ctx context.Context, cmd sqlstore.Command, actor string) (View, error) {
	return s.change(ctx, cmd, actor, actor, func(tx *gorm.DB, p *profile.Profile) (err error) {
		if p.Claim, err = p.Claim.Then(profile.Withdraw); err != nil {
			return err
		}
		p.Identity = nil
		return s.noteSelf(tx, p.Person, actor, access.NoteWithdrawn)
	})
}

// AddPrior puts a diagnosis on file that the patient says a hospital made; its ID is drawn here and
// its source is Declared whatever d says. invalid.ErrInput, ErrNotFound, ErrFull.
func (s *Service) AddPrior(ctx context.Context, cmd sqlstore.Command, actor, person string,
	d profile.Prior) (View, error) {
	d.Source = profile.Declared
	return s.addPrior(ctx, cmd, actor, person, d)
}

// Record puts a diagnosis on file that this hospital itself made face to face. It is the hospital's
// own verb: no patient's request leads here. Errors as AddPrior.
func (s *Service) Record(ctx context.Context, cmd sqlstore.Command, person string, d profile.Prior) (View, error) {
	d.Source = profile.Recorded
	return s.addPrior(ctx, cmd, person, person, d)
}

func (s *Service) addPrior(ctx context.Context, cmd sqlstore.Command, actor, person string,
	d profile.Prior) (View, error) {
	d.ID = "PD" + rand.Text()
	if err := d.Check(s.Now()); err != nil {
		return View{}, err
	}
	return s.change(ctx, cmd, actor, person, func(tx *gorm.DB, p *profile.Profile) error {
		if len(p.Prior) >= profile.MaxPriors {
			return ErrFull
		}
		if p.Identity != nil && d.Date < p.Identity.BirthDate { // both YYYY-MM-DD
			var c invalid.Check
			c.That(false, "body.date", "not before the person was born")
			return c.Err()
		}
		p.Prior = append(p.Prior, d)
		return nil
	})
}

// change runs one command over one profile: load, change, next version.
func (s *Service) change(ctx context.Context, cmd sqlstore.Command, actor, person string,
	fn func(*gorm.DB, *profile.Profile) error) (View, error) {
	return s.once(ctx, cmd, func(tx *gorm.DB) (profile.Profile, error) {
		p, err := s.mine(tx, actor, person)
		if err != nil {
			return p, err
		}
		had := len(p.Prior)
		if err := fn(tx, &p); err != nil {
			return p, err
		}
		p.Version++
		if err := s.store.Save(tx, p, s.Now()); err != nil {
			return p, err
		}
		for _, d := range p.Prior[had:] {
			if err := s.store.AddPrior(tx, person, d, s.Now()); err != nil {
				return p, err
			}
		}
		return p, nil
	})
}

func (s *Service) once(ctx context.Context, cmd sqlstore.Command,
	fn func(*gorm.DB) (profile.Profile, error)) (View, error) {
	v, _, err := sqlstore.Answer[View](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		p, err := fn(tx)
		if err != nil {
			return nil, err
		}
		return ViewOf(p), nil
	}))
	if sqlstore.IsDuplicate(err) {
		err = sqlstore.ErrConflict // two typed one number at once: the other one holds it now
	}
	return v, err
}

// Child is a family member to be added.
type Child struct {
	Relation string // of the guardian to the child: "parent" or "other"
	Identity identity.Identity
}

// AddChild makes a profile that the actor manages as guardian (监护人). A child that is on file
// already gets the actor as another guardian, once a guardian of it or the desk has confirmed that:
// the answer then holds nothing of the child but what the actor typed. The actor must be of age and
// hold a real name. invalid.ErrInput, ErrNotBound, ErrIdentity for a number of somebody of age,
// ErrFull.
func (s *Service) AddChild(ctx context.Context, cmd sqlstore.Command, actor string, c Child) (View, error) {
	now := s.Now()
	if err := c.check(now); err != nil {
		return View{}, err
	}
	return s.once(ctx, cmd, func(tx *gorm.DB) (profile.Profile, error) {
		guardian, err := s.mine(tx, actor, actor)
		if err != nil {
			return profile.Profile{}, err
		}
		if !guardian.Bound() || guardian.AgeAt(now) < profile.AdultAge {
			return profile.Profile{}, ErrNotBound
		}
		others, err := s.store.Family(tx, actor)
		if err != nil {
			return profile.Profile{}, err
		}
		asked, err := family.AskedBy(tx, actor, profile.MaxFamily)
		if err != nil {
			return profile.Profile{}, err
		}
		if len(others)+len(asked) >= profile.MaxFamily {
			return profile.Profile{}, ErrFull
		}
		holder, err := s.store.Holder(tx, s.store.Index(c.Identity))
		if err != nil {
			return profile.Profile{}, err
		}
		if holder != "" {
			return s.askFor(tx, guardian, holder, c)
		}
		child := profile.Profile{Person: accounts.NewPerson(), Guardian: actor, Relation: c.Relation,
			Identity: &c.Identity, Claim: profile.Claimed, Version: 1}
		if err := s.store.Save(tx, child, now); err != nil {
			return child, err
		}
		g := family.Guardianship{Child: child.Person, Guardian: actor, Relation: c.Relation, State: family.Confirmed,
			Since: now.UnixMilli()}
		child.Family = []family.Guardianship{g}
		if err := family.SaveGuardian(tx, g); err != nil {
			return child, err
		}
		return child, s.noteSelf(tx, child.Person, actor, access.NoteTyped)
	})
}

// askFor asks to be another guardian of a child on file. It tells the actor nothing that the actor
// did not type.
func (s *Service) askFor(tx *gorm.DB, guardian profile.Profile, holder string, c Child) (profile.Profile, error) {
	actor := guardian.Person
	child, err := s.store.Load(tx, holder)
	if err != nil {
		return profile.Profile{}, err
	}
	switch {
	case holder == actor, child.AgeAt(s.Now()) >= profile.AdultAge:
		return profile.Profile{}, ErrIdentity
	case child.Ward(actor) == family.Confirmed:
		right.Touch(tx.Statement.Context, actor, child.Person)
		return child, nil
	case child.Ward(actor) != family.Asked && child.Count(family.Asked) >= family.MaxAsking:
		if err := s.makeRoom(tx, child, guardian.Claim == profile.Proven); err != nil {
			return profile.Profile{}, err
		}
	}
	g := family.Guardianship{Child: child.Person, Guardian: actor, Relation: c.Relation, State: family.Asked,
		Since: s.Now().UnixMilli()}
	shown := profile.Profile{Person: child.Person, Relation: c.Relation, Family: []family.Guardianship{g}}
	if child.Ward(actor) == family.Asked {
		return shown, nil
	}
	if _, err := child.Then(actor, family.DoAsk); err != nil {
		return profile.Profile{}, err
	}
	if err := s.saveGuardian(tx, g, actor); err != nil {
		return profile.Profile{}, err
	}
	return shown, s.noteSelf(tx, child.Person, actor, access.NoteGuardianAsks)
}

// saveGuardian stores a step of a guardianship and tells of it.
func (s *Service) saveGuardian(tx *gorm.DB, g family.Guardianship, by string) error {
	if err := family.SaveGuardian(tx, g); err != nil || s.Notify == nil {
		return err
	}
	return s.Notify(tx, g, by)
}

// makeRoom ends the oldest request of somebody whose number is only typed, so that strangers do not
// keep a guardian out: one that lasted its time, or any for a guardian who is proven. ErrFull when
// there is none; the desk needs no room (DeskGuardian).
func (s *Service) makeRoom(tx *gorm.DB, child profile.Profile, proven bool) error {
	for _, g := range child.Family { // oldest first
		if g.State != family.Asked || (!proven && s.Now().Sub(time.UnixMilli(g.Since)) < family.AskingLasts) {
			continue
		}
		asks, err := s.store.Load(tx, g.Guardian)
		if err != nil && !errors.Is(err, profile.ErrNotFound) {
			return err
		}
		if asks.Claim == profile.Proven {
			continue
		}
		if g.State, err = g.State.Then(family.DoEnd); err != nil {
			return err
		}
		g.Since = s.Now().UnixMilli()
		if err := s.saveGuardian(tx, g, ""); err != nil {
			return err
		}
		return s.noteSelf(tx, child.Person, g.Guardian, access.NoteGuardianEnded)
	}
	return ErrFull
}

func (c *Child) check(now time.Time) error {
	var k invalid.Check
	k.That(c.Relation == "parent" || c.Relation == "other", "body.relation", "parent or other")
	if c.Identity.Check(&k, now); k.Err() != nil {
		return k.Err()
	}
	k.Cited(profile.Profile{Identity: &c.Identity}.AgeAt(now) < profile.AdultAge, "body.birthDate",
		"only a person under 18 can be managed by a guardian", "民法典 第十七条、第二十七条")
	return k.Err()
}

// Family lists the profiles the actor manages.
func (s *Service) Family(ctx context.Context, actor string) ([]View, error) {
	list, err := s.store.Family(s.db.WithContext(ctx), actor)
	if err != nil {
		return nil, err
	}
	views := []View{}
	for _, p := range list {
		if p.ManagedBy(actor, s.Now()) {
			views = append(views, ViewOf(p))
		}
	}
	return views, nil
}
