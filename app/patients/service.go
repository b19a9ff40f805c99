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
	"github.com/smart-hospital/hospital/app/patients/identity"
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
	// Told hears of a guardianship's steps, in their transactions; by is the person who took one,
	// empty for the desk. nil: nobody does.
	Told func(tx *gorm.DB, g family.Guardianship, by string) error
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
	store store
}

// New makes a service; box seals every personal column.
func New(db *sqlstore.DB, box *keystore.Box) *Service {
	return &Service{Now: time.Now, db: db, store: store{box: box}}
}

// Get returns a profile: the actor's own, which is empty as long as nothing was entered, or a
// ward's. ErrNotFound.
func (s *Service) Get(ctx context.Context, actor, person string) (Profile, error) {
	return s.mine(s.db.WithContext(ctx), actor, person)
}

func (s *Service) mine(tx *gorm.DB, actor, person string) (Profile, error) {
	p, err := s.store.load(tx, person)
	if errors.Is(err, ErrNotFound) && actor == person {
		return Profile{Person: person}, nil
	}
	if err == nil {
		err = s.may(tx, actor, p)
	}
	if err != nil {
		return Profile{}, err
	}
	return p, nil
}

// may is nil for whom a profile is there by the right that is asked for: the person, its guardians, and
// the relatives whom it let in. ErrNotFound for everybody else.
func (s *Service) may(tx *gorm.DB, actor string, p Profile) error {
	if p.managedBy(actor, s.Now()) {
		if actor != p.Person {
			right.Touch(tx.Statement.Context, actor, p.Person)
		}
		return nil
	}
	ok, err := family.May(tx, actor, p.Person, right.Of(tx.Statement.Context))
	if err == nil && !ok {
		err = ErrNotFound
	}
	return err
}

// managedBy: the person, and its confirmed guardians until it comes of age.
func (p Profile) managedBy(actor string, at time.Time) bool {
	return actor == p.Person || (p.ward(actor) == family.Confirmed && p.ageAt(at) < AdultAge)
}

// ward is what somebody is to a child; empty: nothing.
func (p Profile) ward(guardian string) family.State {
	for _, g := range p.Family {
		if g.Guardian == guardian {
			return g.State
		}
	}
	return ""
}

// then is where a guardianship stands after a step: ErrClaim.
func (p Profile) then(guardian string, do family.Step) (family.State, error) {
	next, err := p.ward(guardian).Then(do)
	if err != nil {
		err = errors.Join(ErrClaim, err)
	}
	return next, err
}

// count counts guardians in a state.
func (p Profile) count(state family.State) (n int) {
	for _, g := range p.Family {
		if g.State == state {
			n++
		}
	}
	return n
}

// Update is what a person may change at any time.
type Update struct {
	Phone   string // empty or a mainland mobile number
	Health  Health
	Version int64 // the one that was read
}

// Update writes phone and health: invalid.ErrInput, ErrNotFound, sqlstore.ErrConflict.
func (s *Service) Update(ctx context.Context, cmd sqlstore.Command, actor, person string, u Update) (View, error) {
	return s.change(ctx, cmd, actor, person, func(_ *gorm.DB, p *Profile) error {
		if p.Version != u.Version {
			return sqlstore.ErrConflict
		}
		var c invalid.Check
		c.That(u.Phone == "" || text.Mobile(u.Phone), "body.phone", "a mainland mobile number of 11 digits, or empty")
		u.Health.check(&c, p.sex(), s.Now())
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
	return s.change(ctx, cmd, actor, actor, func(tx *gorm.DB, p *Profile) error {
		if p.Claim.holds() {
			return ErrBound
		}
		holder, err := s.store.holder(tx, s.store.index(id))
		if err != nil {
			return err
		}
		staff, err := s.store.staffWith(tx, s.store.index(id), p.Person)
		if err != nil {
			return err
		}
		act, reason := actTypeFree, NoteTyped
		if len(staff) > 0 || (holder != "" && holder != p.Person) {
			act, reason = actTypeTaken, NoteContested
		}
		if p.Claim, err = p.Claim.then(act); err != nil {
			return err
		}
		p.Identity = &id
		var c invalid.Check
		if p.Health.check(&c, id.Sex, s.Now()); c.Err() != nil { // a man cannot have answered that he is pregnant
			return c.Err()
		}
		if act == actTypeTaken && holder != "" {
			if err := s.noteSelf(tx, holder, actor, reason); err != nil {
				return err
			}
		}
		return s.noteSelf(tx, p.Person, actor, reason)
	})
}

// Withdraw takes back a number that the actor contests or lost: ErrClaim otherwise.
func (s *Service) Withdraw(ctx context.Context, cmd sqlstore.Command, actor string) (View, error) {
	return s.change(ctx, cmd, actor, actor, func(tx *gorm.DB, p *Profile) (err error) {
		if p.Claim, err = p.Claim.then(actWithdraw); err != nil {
			return err
		}
		p.Identity = nil
		return s.noteSelf(tx, p.Person, actor, NoteWithdrawn)
	})
}

// AddPrior puts a diagnosis on file that the patient says a hospital made; its ID is drawn here and
// its source is Declared whatever d says. invalid.ErrInput, ErrNotFound, ErrFull.
func (s *Service) AddPrior(ctx context.Context, cmd sqlstore.Command, actor, person string, d Prior) (View, error) {
	d.Source = Declared
	return s.addPrior(ctx, cmd, actor, person, d)
}

// Record puts a diagnosis on file that this hospital itself made face to face. It is the hospital's
// own verb: no patient's request leads here. Errors as AddPrior.
func (s *Service) Record(ctx context.Context, cmd sqlstore.Command, person string, d Prior) (View, error) {
	d.Source = Recorded
	return s.addPrior(ctx, cmd, person, person, d)
}

func (s *Service) addPrior(ctx context.Context, cmd sqlstore.Command, actor, person string, d Prior) (View, error) {
	d.ID = "PD" + rand.Text()
	if err := d.check(s.Now()); err != nil {
		return View{}, err
	}
	return s.change(ctx, cmd, actor, person, func(tx *gorm.DB, p *Profile) error {
		if len(p.Prior) >= MaxPriors {
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
	fn func(*gorm.DB, *Profile) error) (View, error) {
	return s.once(ctx, cmd, func(tx *gorm.DB) (Profile, error) {
		p, err := s.mine(tx, actor, person)
		if err != nil {
			return p, err
		}
		had := len(p.Prior)
		if err := fn(tx, &p); err != nil {
			return p, err
		}
		p.Version++
		if err := s.store.save(tx, p, s.Now()); err != nil {
			return p, err
		}
		for _, d := range p.Prior[had:] {
			if err := s.store.addPrior(tx, person, d, s.Now()); err != nil {
				return p, err
			}
		}
		return p, nil
	})
}

func (s *Service) once(ctx context.Context, cmd sqlstore.Command, fn func(*gorm.DB) (Profile, error)) (View, error) {
	v, _, err := sqlstore.Answer[View](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		p, err := fn(tx)
		if err != nil {
			return nil, err
		}
		return p.View(), nil
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
	return s.once(ctx, cmd, func(tx *gorm.DB) (Profile, error) {
		guardian, err := s.mine(tx, actor, actor)
		if err != nil {
			return Profile{}, err
		}
		if !guardian.Bound() || guardian.ageAt(now) < AdultAge {
			return Profile{}, ErrNotBound
		}
		others, err := s.store.family(tx, actor)
		if err != nil {
			return Profile{}, err
		}
		asked, err := family.AskedBy(tx, actor, MaxFamily)
		if err != nil {
			return Profile{}, err
		}
		if len(others)+len(asked) >= MaxFamily {
			return Profile{}, ErrFull
		}
		holder, err := s.store.holder(tx, s.store.index(c.Identity))
		if err != nil {
			return Profile{}, err
		}
		if holder != "" {
			return s.askFor(tx, guardian, holder, c)
		}
		child := Profile{Person: accounts.NewPerson(), Guardian: actor, Relation: c.Relation, Identity: &c.Identity,
			Claim: Claimed, Version: 1}
		if err := s.store.save(tx, child, now); err != nil {
			return child, err
		}
		g := family.Guardianship{Child: child.Person, Guardian: actor, Relation: c.Relation, State: family.Confirmed,
			Since: now.UnixMilli()}
		child.Family = []family.Guardianship{g}
		if err := family.SaveGuardian(tx, g); err != nil {
			return child, err
		}
		return child, s.noteSelf(tx, child.Person, actor, NoteTyped)
	})
}

// askFor asks to be another guardian of a child on file. It tells the actor nothing that the actor
// did not type.
func (s *Service) askFor(tx *gorm.DB, guardian Profile, holder string, c Child) (Profile, error) {
	actor := guardian.Person
	child, err := s.store.load(tx, holder)
	if err != nil {
		return Profile{}, err
	}
	switch {
	case holder == actor, child.ageAt(s.Now()) >= AdultAge:
		return Profile{}, ErrIdentity
	case child.ward(actor) == family.Confirmed:
		right.Touch(tx.Statement.Context, actor, child.Person)
		return child, nil
	case child.ward(actor) != family.Asked && child.count(family.Asked) >= family.MaxAsking:
		if err := s.makeRoom(tx, child, guardian.Claim == Proven); err != nil {
			return Profile{}, err
		}
	}
	g := family.Guardianship{Child: child.Person, Guardian: actor, Relation: c.Relation, State: family.Asked,
		Since: s.Now().UnixMilli()}
	shown := Profile{Person: child.Person, Relation: c.Relation, Family: []family.Guardianship{g}, asked: true}
	if child.ward(actor) == family.Asked {
		return shown, nil
	}
	if _, err := child.then(actor, family.DoAsk); err != nil {
		return Profile{}, err
	}
	if err := s.saveGuardian(tx, g, actor); err != nil {
		return Profile{}, err
	}
	return shown, s.noteSelf(tx, child.Person, actor, NoteGuardianAsks)
}

// saveGuardian stores a step of a guardianship and tells of it.
func (s *Service) saveGuardian(tx *gorm.DB, g family.Guardianship, by string) error {
	if err := family.SaveGuardian(tx, g); err != nil || s.Told == nil {
		return err
	}
	return s.Told(tx, g, by)
}

// makeRoom ends the oldest request of somebody whose number is only typed, so that strangers do not
// keep a guardian out: one that lasted its time, or any for a guardian who is proven. ErrFull when
// there is none; the desk needs no room (DeskGuardian).
func (s *Service) makeRoom(tx *gorm.DB, child Profile, proven bool) error {
	for _, g := range child.Family { // oldest first
		if g.State != family.Asked || (!proven && s.Now().Sub(time.UnixMilli(g.Since)) < family.AskingLasts) {
			continue
		}
		asks, err := s.store.load(tx, g.Guardian)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if asks.Claim == Proven {
			continue
		}
		if g.State, err = g.State.Then(family.DoEnd); err != nil {
			return err
		}
		g.Since = s.Now().UnixMilli()
		if err := s.saveGuardian(tx, g, ""); err != nil {
			return err
		}
		return s.noteSelf(tx, child.Person, g.Guardian, NoteGuardianEnded)
	}
	return ErrFull
}

func (c *Child) check(now time.Time) error {
	var k invalid.Check
	k.That(c.Relation == "parent" || c.Relation == "other", "body.relation", "parent or other")
	if c.Identity.Check(&k, now); k.Err() != nil {
		return k.Err()
	}
	k.Cited(Profile{Identity: &c.Identity}.ageAt(now) < AdultAge, "body.birthDate",
		"only a person under 18 can be managed by a guardian", "民法典 第十七条、第二十七条")
	return k.Err()
}

// Family lists the profiles the actor manages.
func (s *Service) Family(ctx context.Context, actor string) ([]View, error) {
	list, err := s.store.family(s.db.WithContext(ctx), actor)
	if err != nil {
		return nil, err
	}
	views := []View{}
	for _, p := range list {
		if p.managedBy(actor, s.Now()) {
			views = append(views, p.View())
		}
	}
	return views, nil
}
