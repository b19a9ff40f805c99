package insurersandbox

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment/insurer"
)

// lateBy is how long after breaking the connection a late order is done.
const lateBy = 50 * time.Millisecond

// hangTime is how long a silent bureau keeps a connection when Config.Hang does not say.
const hangTime = time.Minute

// Handler serves the protocol, each operation at its Path.
func (b *Bureau) Handler() http.Handler {
	mux := http.NewServeMux()
	route(mux, b, insurer.OpCard, b.card)
	route(mux, b, insurer.OpPresettle, b.presettle)
	route(mux, b, insurer.OpUpload, b.upload)
	route(mux, b, insurer.OpPay, b.pay)
	route(mux, b, insurer.OpQuery, b.query)
	route(mux, b, insurer.OpRefund, b.refund)
	route(mux, b, insurer.OpRevoke, b.revoke)
	route(mux, b, insurer.OpTotals, b.totals)
	route(mux, b, insurer.OpDetails, b.details)
	return mux
}

// route serves one operation. Nothing is believed before the envelope is opened, and nothing
// unsigned is an answer.
func route[In, Out any](mux *http.ServeMux, b *Bureau, op insurer.Op, do func(*gorm.DB, In) (*Out, error)) {
	mux.HandleFunc("POST "+op.Path(), func(w http.ResponseWriter, r *http.Request) {
		var req insurer.Request[In]
		if status := receive(b, w, r, op, &req); status != http.StatusOK {
			http.Error(w, "message refused", status)
			return
		}
		fault := b.Faults.next(op)
		if b.before(r.Context(), w, fault, func() { _, _ = act(b, context.Background(), do, req.Input) }) {
			return
		}
		ans := insurer.Answer[Out]{Infno: op, RefMsgid: req.Msgid, Infcode: insurer.CodeRefused,
			ErrMsg: "refused by a fault"}
		if fault != Refuse {
			out, err := act(b, r.Context(), do, req.Input)
			if fault == Twice {
				out, err = act(b, r.Context(), do, req.Input)
			}
			var no refusal
			switch {
			case errors.As(err, &no):
				ans.Infcode, ans.ErrMsg = no.code, no.text
			case err != nil:
				http.Error(w, "internal error", http.StatusInternalServerError)
				return
			default:
				ans.Infcode, ans.ErrMsg, ans.Output = insurer.CodeOK, "", out
			}
		}
		b.answer(r.Context(), w, op, distort(fault, &ans), fault)
	})
}

// receive opens the envelope and refuses a message seen before.
func receive[In any](b *Bureau, w http.ResponseWriter, r *http.Request, op insurer.Op,
	req *insurer.Request[In]) (status int) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, insurer.MaxMessage))
	if err != nil {
		return http.StatusRequestEntityTooLarge
	}
	e, err := b.Partner.Open(raw, req, b.Now())
	switch {
	case errors.Is(err, insurer.ErrSignature):
		return http.StatusUnauthorized
	case err != nil || e.TransType != op || req.Infno != op || len(req.Msgid) != 32:
		return http.StatusBadRequest
	}
	fresh, err := b.firstSeen(r.Context(), req.Msgid)
	switch {
	case err != nil:
		return http.StatusInternalServerError
	case !fresh:
		return http.StatusConflict
	}
	return http.StatusOK
}

type messageRow struct {
	Msgid   string `gorm:"primaryKey"`
	Expires int64
}

func (messageRow) TableName() string { return "bureau_messages" }

// firstSeen remembers a message id for as long as its timestamp is acceptable, also over a restart.
func (b *Bureau) firstSeen(ctx context.Context, msgid string) (fresh bool, err error) {
	now := b.Now()
	err = b.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("expires < ?", now.UnixMilli()).Delete(&messageRow{}).Error; err != nil {
			return err
		}
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).
			Create(&messageRow{msgid, now.Add(2 * insurer.Window).UnixMilli()})
		fresh = made.RowsAffected == 1
		return made.Error
	})
	return fresh, err
}

// act runs an operation in one transaction; a refusal leaves nothing behind.
func act[In, Out any](b *Bureau, ctx context.Context, do func(*gorm.DB, In) (*Out, error), in In) (out *Out,
	err error) {
	err = b.DB.Tx(ctx, func(tx *gorm.DB) error {
		out, err = do(tx, in)
		return err
	})
	if sqlstore.IsDuplicate(err) { // two first messages for one number at once: the loser asks again
		err = errAgain
	}
	return out, err
}

// before plays the faults that come before the answer; it returns true when there will be none.
func (b *Bureau) before(ctx context.Context, w http.ResponseWriter, fault Fault, do func()) bool {
	switch fault {
	case Silent:
		b.hang(ctx)
	case Lost:
		do()
		b.hang(ctx)
	case Late:
		b.late.RLock()
		go func() {
			defer b.late.RUnlock()
			time.Sleep(lateBy)
			do()
		}()
		panic(http.ErrAbortHandler) // the connection breaks without an answer
	case Broken:
		http.Error(w, "broken by a fault", http.StatusInternalServerError)
	default:
		return false
	}
	return true
}

func (b *Bureau) hang(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(b.Hang):
	}
	panic(http.ErrAbortHandler)
}

// distort makes an answer lie.
func distort[Out any](fault Fault, ans *insurer.Answer[Out]) *insurer.Answer[Out] {
	if fault == Stale {
		ans.RefMsgid = random()
	}
	var info *insurer.Setlinfo
	switch out := any(ans.Output).(type) {
	case *insurer.Setlinfo:
		info = out
	case *insurer.Order:
		if out != nil {
			info = out.Setlinfo
		}
	}
	if info != nil && fault == Fen {
		info.Pooled, info.Fund, info.Cash, info.Person = info.Pooled-1, info.Fund-1, info.Cash+1, info.Person+1
	}
	if info != nil && (fault == Amounts || fault == Sums) {
		const more = 100 // fen
		info.Total += more
		if fault == Amounts {
			info.InScope += more
			info.Person += more
			info.Cash += more
		}
	}
	return ans
}

func (b *Bureau) answer(ctx context.Context, w http.ResponseWriter, op insurer.Op, msg any, fault Fault) {
	partner := b.Partner
	if fault == Signature {
		key, err := gm.GenerateKey()
		if err != nil {
			http.Error(w, "internal error", http.StatusInternalServerError)
			return
		}
		partner.Signer = stranger{key}
	}
	raw, err := partner.Seal(ctx, op, msg, b.Now())
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(raw) // a client that hung up asks again
}

// stranger signs with a key nobody knows.
type stranger struct{ key *gm.PrivateKey }

func (s stranger) KeyID() string                                      { return "stranger" }
func (s stranger) Public() *gm.PublicKey                              { return s.key.Public() }
func (s stranger) Sign(_ context.Context, msg []byte) ([]byte, error) { return s.key.Sign(msg) }
