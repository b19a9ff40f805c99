package web

import (
	"context"
	"net/http"
	"slices"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Relatives knows who has which right over whose record.
type Relatives interface {
	// ActsFor are the persons over whom a patient has the right of the context at this moment,
	// itself left out; which of them are adults who let it in; and over which of those it has no
	// more than Read.
	ActsFor(ctx context.Context, person string) (wards, helped, readOnly []string, err error)
	// Standing fails when a right by which a command was let in was taken back since; who takes it
	// back waits for the transaction.
	Standing(tx *gorm.DB, person string, helped []string, r right.Right) error
	// StillOver fails unless a patient has a right over all of some persons at this moment.
	StillOver(tx *gorm.DB, person string, others []string, r right.Right) error
	// NoteRelative notes for the owners what a relative read or did.
	NoteRelative(tx *gorm.DB, actor string, owners []string, operation string, r right.Right) error
	// NotesRelative is NoteRelative in a transaction of its own.
	NotesRelative(ctx context.Context, actor string, owners []string, operation string, r right.Right) error
}

// ActsFor has every request of a patient ask whom it acts for.
func (a *API) ActsFor(r Relatives) { a.relatives = r }

// let is into whose records one request's caller is let.
type let struct {
	api              *API
	person           string
	right            right.Right
	operation        string
	wards            []string
	helped, readOnly []string // of wards
	trace            *right.Trace
}

func letOf(ctx context.Context) let {
	l, _ := ctx.Value(keyLet).(let)
	return l
}

// right is what an operation needs of who calls it for another: Read for a look, Act for anything
// else, unless it says so itself.
func (op Op) right() right.Right {
	switch {
	case op.Needs != "":
		return op.Needs
	case op.Method == http.MethodGet:
		return right.Read
	}
	return right.Act
}

// letIn adds to a context for which right is asked, and whose records it opens.
func (a *API) letIn(ctx context.Context, acc accounts.Account, r right.Right, operation string) (context.Context,
	error) {
	if acc.Role != accounts.Patient || a.relatives == nil {
		return ctx, nil
	}
	l := let{api: a, person: acc.Person, right: r, operation: operation}
	ctx, l.trace = right.Tracing(right.Asking(ctx, r), acc.Person)
	var err error
	if l.wards, l.helped, l.readOnly, err = a.relatives.ActsFor(ctx, acc.Person); err != nil {
		return ctx, err
	}
	if len(l.helped) > 0 {
		l.trace.Note = l.keep
	}
	return context.WithValue(ctx, keyLet, l), nil
}

// LetIn is a context in which an account looks through a stream or socket, which is no operation of
// Handle's.
func (a *API) LetIn(ctx context.Context, acc accounts.Account, r right.Right, name string) (context.Context,
	error) {
	return a.letIn(ctx, acc, r, name)
}

// Noted notes what was read or done under a context of LetIn; once, so what goes on needs a new
// one.
func (a *API) Noted(ctx context.Context) error { return a.noted(ctx) }

// WardsOf are those of whom an account may be told now: nobody, unless it is a patient's.
func (a *API) WardsOf(ctx context.Context, acc accounts.Account) ([]string, error) {
	if acc.Role != accounts.Patient || a.relatives == nil {
		return nil, nil
	}
	wards, _, _, err := a.relatives.ActsFor(right.Asking(ctx, right.Read), acc.Person)
	return wards, err
}

// bind has a command look again, in its transaction, whether the ties stand that let it in, and
// note for their owners what it does. Its answer is given again to who still has the right alone.
func (l let) bind(cmd sqlstore.Command) sqlstore.Command {
	if l.api == nil {
		return cmd
	}
	cmd.About = l.trace.Seen
	cmd.Again = func(tx *gorm.DB, about []string) error {
		return l.api.relatives.StillOver(tx, l.person, about, l.right)
	}
	if len(l.helped) > 0 {
		cmd.Before = func(tx *gorm.DB) error { return l.api.relatives.Standing(tx, l.person, l.seen(), l.right) }
		cmd.Done = l.keep
	}
	return cmd
}

// keep looks again, in a transaction, whether the ties stand that let it in, and notes for their
// owners what it does.
func (l let) keep(tx *gorm.DB) error {
	owners := l.seen()
	if len(owners) == 0 {
		return nil
	}
	if err := l.api.relatives.Standing(tx, l.person, owners, l.right); err != nil {
		return err
	}
	l.trace.Kept()
	return l.api.relatives.NoteRelative(tx, l.person, owners, l.operation, l.noteAs())
}

// seen are the adults into whose records the caller was let until now.
func (l let) seen() (owners []string) {
	for _, person := range l.trace.Seen() {
		if slices.Contains(l.helped, person) {
			owners = append(owners, person)
		}
	}
	return owners
}

// markRead is the one operation that changes something by reading.
const markRead = "mark-read"

// ShowIdentityCode is the operation that a screen repeats every minute, for as long as it shows a
// code.
const ShowIdentityCode = "show-identity-code"

// noteAs is what the access log calls the operation. Who reads a chat says so all the time, and who
// shows a code asks for it again and again.
func (l let) noteAs() right.Right {
	if l.operation == markRead || l.operation == ShowIdentityCode {
		return right.Read
	}
	return l.right
}

// noted notes what was read, before it is shown; what a command did is noted in its transaction.
func (a *API) noted(ctx context.Context) error {
	l := letOf(ctx)
	if len(l.helped) == 0 || l.trace.Kept() {
		return nil
	}
	owners := l.seen()
	if len(owners) == 0 {
		return nil
	}
	return a.relatives.NotesRelative(ctx, l.person, owners, l.operation, l.noteAs())
}
