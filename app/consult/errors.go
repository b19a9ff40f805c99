package consult

import (
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/app/consult/chat"
)

// Errors of the room; test with errors.Is. None carries what a patient said. A broken rule of a
// field is invalid.ErrInput, with the fields.
var (
	// ErrNotFound: no such consultation, message or picture, or it is somebody else's.
	ErrNotFound = chat.ErrNotFound
	// ErrForbidden: this side of the consultation never does that.
	ErrForbidden = errors.New("not for this side of the consultation")
	// ErrState: not possible in the consultation's present state.
	ErrState = errors.New("not possible in the consultation's state")
	// ErrOpen: the patient has an open consultation with this doctor already.
	ErrOpen = errors.New("an open consultation with this doctor exists")
	// ErrGivenUp: too many visits of the patient were cancelled within a day; see MaxDayCancelled.
	ErrGivenUp = errors.New("too many cancelled consultations of this patient within a day")
	// ErrDoctor: no such doctor, or one who takes no patients now.
	ErrDoctor = errors.New("this doctor takes no consultations")
	// ErrOwn: the doctor is the patient, or a guardian of the patient. It is an ErrDoctor.
	ErrOwn = fmt.Errorf("%w of his own, nor of a child whose guardian he is", ErrDoctor)
	// ErrPrescribed: a visit with a prescription in effect is not cancelled; the prescription is
	// withdrawn first.
	ErrPrescribed = errors.New("a prescription of this consultation is in effect")
	// ErrOver: the visit was finished too long ago for its doctor to read the patient's live
	// record.
	ErrOver = errors.New("the consultation was finished too long ago")
	// ErrNote: finishing needs the doctor's note first.
	ErrNote = errors.New("the doctor's note is missing")
	// ErrNoteVersion: the note was changed since the version the writer saw.
	ErrNoteVersion = errors.New("the note was changed in the meantime")
)

// Occupied is ErrOpen with the consultation that is open. Only those get it who may enter that one:
// a request is judged by who asks for whom before it is judged by what is open.
type Occupied struct{ ID string }

// Error is ErrOpen's text.
func (*Occupied) Error() string { return ErrOpen.Error() }

// Unwrap makes it ErrOpen.
func (*Occupied) Unwrap() error { return ErrOpen }

// OpenConsultation is where to go on.
func (o *Occupied) OpenConsultation() string { return o.ID }
