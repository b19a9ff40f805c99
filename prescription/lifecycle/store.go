package lifecycle

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
)

// ErrExists is returned by Store.Insert for an id that is taken; draw another.
var ErrExists = errors.New("prescription: id is taken")

// ErrStored is returned by stores for a row that does not open or is not what any sequence of steps
// makes: a matter for hospital audit.
var ErrStored = errors.New("prescription: a stored row cannot be read")

// Store keeps prescriptions. Every method works inside the transaction it is given, so that state,
// event, outbox entry and idempotency key of a command stand or fall together; reads may pass the
// plain handle. What is personal is sealed at rest.
type Store interface {
	// Insert stores a new draft with version 1: ErrExists.
	Insert(tx *gorm.DB, p *Prescription) error
	// Load returns a prescription as last saved: ErrNotFound.
	Load(tx *gorm.DB, id prescription.ID) (*Prescription, error)
	// LoadAll is Load of several at once, by id; those that are not there or cannot be read are
	// absent (sqlstore.Skip).
	LoadAll(tx *gorm.DB, ids []prescription.ID) (map[prescription.ID]*Prescription, error)
	// Save stores a changed one and, when ev is not nil, its event with the trace codes it used up;
	// it raises the version. sqlstore.ErrConflict when somebody saved since Load; ErrTraceUsed for
	// a tag used before.
	Save(tx *gorm.DB, p *Prescription, ev *Event, tags []string) error
	// Delete removes a draft: sqlstore.ErrConflict when somebody saved since Load.
	Delete(tx *gorm.DB, p *Prescription) error
	// TakeBack stores a prescription whose last step was taken back and moves that step's event to
	// the refused ones, with the record as it was sent: ErrNotFound for an event that is not its,
	// sqlstore.ErrConflict as Save.
	TakeBack(tx *gorm.DB, p *Prescription, record string, sent []byte, at time.Time) error
	// Receive stores a copy that came in a bundle, with its events: ErrExists.
	Receive(tx *gorm.DB, p *Prescription, events []Event) error
	// Learn is Save for a step that another application wrote: its tags are used whether or not
	// they were here.
	Learn(tx *gorm.DB, p *Prescription, ev Event, tags []string) error
	// Followed is the index of the chain's first record that has not been looked at; 0 at first.
	Followed(tx *gorm.DB) (uint64, error)
	// KeepFollowed keeps that place; it never goes back.
	KeepFollowed(tx *gorm.DB, next uint64) error
	// Lost returns the steps taken here that were taken back, oldest first.
	Lost(tx *gorm.DB, id prescription.ID) ([]LostStep, error)
	// Forget deletes a received copy with everything that hangs on it: ErrNotFound for one written
	// here.
	Forget(tx *gorm.DB, id prescription.ID) error
	// Forgettable returns at most limit received copies that are no longer needed: those that no
	// pharmacy served here claimed or handed out and whose validity ended at or before ended, and
	// those handed out that were last changed at or before dispensed.
	Forgettable(tx *gorm.DB, ended, dispensed time.Time, limit int) ([]prescription.ID, error)
	// Events returns a prescription's events in order; none is no error. One without a document was
	// written by another application.
	Events(tx *gorm.DB, id prescription.ID) ([]Event, error)
	// List returns those a filter names, newest first. Rows that cannot be read are left out
	// (sqlstore.Skip).
	List(tx *gorm.DB, f Filter) ([]*Prescription, error)
	// Page is List, and tells how many were left out and where the next page begins.
	Page(tx *gorm.DB, f Filter) (Listing, error)
	// Count counts all that a filter names, whatever its page.
	Count(tx *gorm.DB, f Filter) (int, error)
	// Choose keeps the pharmacy a patient chose, instead of an earlier one.
	Choose(tx *gorm.DB, id prescription.ID, c Choice) error
	// Choice returns what the patient chose; nil when nothing.
	Choice(tx *gorm.DB, id prescription.ID) (*Choice, error)
	// KeepShort keeps a short code instead of the prescription's earlier one, and forgets what has
	// ended by a moment; another prescription's equal code at that pharmacy is a duplicate.
	KeepShort(tx *gorm.DB, c redemption.Short, at time.Time) error
	// Short returns a prescription's short code; nil when there is none.
	Short(tx *gorm.DB, id prescription.ID) (*redemption.Short, error)
	// ShortBy returns the short code with these digits at a pharmacy; nil when there is none.
	ShortBy(tx *gorm.DB, pharmacy, code string) (*redemption.Short, error)
	// MissShort counts a wrong number beside a short code.
	MissShort(tx *gorm.DB, id prescription.ID) error
	// CountMiss adds to what a scope missed in an hour, which begins at 0, and returns the sum.
	CountMiss(tx *gorm.DB, scope string, hour int64, by int) (int, error)
	// ChosenBy returns the paid prescriptions valid at a moment whose patients chose a pharmacy,
	// longest chosen first, at most limit. Rows that cannot be read are left out (sqlstore.Skip).
	ChosenBy(tx *gorm.DB, pharmacy string, at time.Time, limit int) ([]Chosen, error)
	// LogAccess notes that somebody read it.
	LogAccess(tx *gorm.DB, a AccessEntry) error
	// Accesses returns who read it, newest first, at most limit.
	Accesses(tx *gorm.DB, id prescription.ID, limit int) ([]AccessEntry, error)
	// AccessesOf returns who read any prescription of some patients, newest first, at most limit.
	AccessesOf(tx *gorm.DB, patients []string, limit int) ([]AccessEntry, error)
	// ReadSince returns which of these prescriptions a person has read at or after a moment.
	ReadSince(tx *gorm.DB, person string, ids []prescription.ID, since time.Time) ([]prescription.ID, error)
}

// Listing is one page of a list.
type Listing struct {
	Items  []*Prescription
	Unread int    // rows of the page that could not be read
	Next   Cursor // what Filter.Before takes for the next page; zero at the end
}

// Filter names prescriptions; zero fields name all. It is a query of the store, not a permission:
// the service fills in whose they must be.
type Filter struct {
	Statuses      []prescription.Status
	Patients      []string // persons the prescriptions are for
	Doctor        string
	Hospital      string
	Pharmacy      string
	Visit         string // consultation
	Refund        RefundState
	ExpiredBy     time.Time // validity ended at or before
	LeasedUntil   time.Time // claimed, and its lease ended at or before
	DraftedSince  time.Time // drafted then or later
	ExcludeDrafts bool
	Own           bool // not those received in a bundle
	// only those received in a bundle whose patient has this one's name, sex and date of birth
	Alike       *parties.Patient
	Before      Cursor // continue after this one; zero: from the start
	OldestFirst bool   // drafted first
	Waiting     bool   // who waits longest in the present status first
	Limit       int    // at most MaxListed
}

// Cursor is a place in a list: the time that orders it and the id of the last one seen.
type Cursor struct {
	At time.Time
	ID prescription.ID
}

// MaxListed bounds one page.
const MaxListed = 100

// LostStep is a step taken here that the chain refused or that came too late for its place there:
// it was taken back.
type LostStep struct {
	Kind   chain.Kind `json:"kind" doc:"What was taken back" example:"rx.cancel"`
	Org    string     `json:"org" doc:"Whose step it was" example:"h1"`
	Record string     `json:"record" doc:"Id its record would have had" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	At     time.Time  `json:"at" doc:"When it was signed"`
}

// AccessEntry is one line of the access log, which the patient can read ("who looked at my
// record").
type AccessEntry struct {
	Prescription prescription.ID
	Person       string
	Role         chain.Role
	Org          string
	Reason       string
	At           time.Time
}
