package journey

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/view"
)

// Ward puts a demo ward's people into the hands of a test: logged in over HTTP, keys enrolled,
// cards bound. A test leads a visit as far as it likes and then does what no honest device does.
type Ward struct{ ward *ward }

// Enter logs in as many people of each role as o.Count visits need, at least two where the demo has
// them.
func Enter(ctx context.Context, o Options) (*Ward, error) {
	w, err := enter(ctx, o, http.DefaultTransport.(*http.Transport).Clone(), newReport(nil), &proofs{})
	if err == nil {
		err = w.bindCards(ctx)
	}
	return &Ward{w}, err
}

// LogInPatient opens a session of a demo's patient and no more: no key, no card. It answers the
// session's bearer token and the person's id.
func LogInPatient(ctx context.Context, o Options, user string) (token, id string, err error) {
	p := &person{client: newClient(o, http.DefaultTransport), label: user}
	err = p.persist(ctx, func() error { return p.loginPatient(ctx, user) })
	return p.token, p.id, err
}

// LogInStaff is LogInPatient of a member of staff, whose second factor and first password are no
// matter in a demo.
func LogInStaff(ctx context.Context, o Options, login, password string) (token, id string, err error) {
	p := &person{client: newClient(o, http.DefaultTransport), label: login}
	err = p.persist(ctx, func() error { return p.loginStaff(ctx, login, password) })
	return p.token, p.id, err
}

// Patient is the n-th patient.
func (w *Ward) Patient(n int) *Person { return &Person{w.ward.patients[n]} }

// Doctor is the n-th doctor.
func (w *Ward) Doctor(n int) *Person { return &Person{w.ward.doctors[n]} }

// Reviewer is the n-th reviewing pharmacist.
func (w *Ward) Reviewer(n int) *Person { return &Person{w.ward.reviewers[n]} }

// Pharmacy is the pharmacist on duty at the n-th pharmacy.
func (w *Ward) Pharmacy(n int) *Person { return &Person{w.ward.pharmacies[n]} }

// Visit is the n-th pairing of patient and doctor, not begun yet.
func (w *Ward) Visit(n int) *Visit { return &Visit{w.ward.visit(n)} }

// Person is somebody with a session and a signing key.
type Person struct{ p *person }

// Label is the demo's name of the account.
func (p *Person) Label() string { return p.p.label }

// Token is the session's bearer token.
func (p *Person) Token() string { return p.p.token }

// Key is the signing key, which the server never sees.
func (p *Person) Key() *gm.PrivateKey { return p.p.key }

// Login opens a new session.
func (p *Person) Login(ctx context.Context) error { return p.p.login(ctx) }

// Enrol replaces the key by a new one and waits until the chain holds its certificate.
func (p *Person) Enrol(ctx context.Context) error { return p.p.enrol(ctx) }

// Send sends one request and does not try again; key is its Idempotency-Key. A problem comes back
// as *Refused.
func (p *Person) Send(ctx context.Context, method, path, key string, in, out any) error {
	return p.p.once(ctx, method, path, key, in, out)
}

// Prepare asks for something to sign.
func (p *Person) Prepare(ctx context.Context, path string, in any) (*web.IntentView, error) {
	return p.p.prepare(ctx, path, in)
}

// Sign signs a prepared act honestly and sends the signature once, under an Idempotency-Key.
func (p *Person) Sign(ctx context.Context, prepared *web.IntentView, key string) (*Signed, error) {
	sig, err := p.p.key.Sign([]byte(prepared.Statement))
	if err != nil {
		return nil, err
	}
	return p.SendSignature(ctx, prepared.ID, key, sig)
}

// SendSignature sends any bytes as the signature of an intent.
func (p *Person) SendSignature(ctx context.Context, intent, key string, der []byte) (*Signed, error) {
	var done Signed
	return &done, p.p.once(ctx, http.MethodPost, signPath(intent), key, signatureBody(der), &done)
}

// Visit is one consultation and its prescription.
type Visit struct{ v *visit }

// Patient is the visit's patient.
func (v *Visit) Patient() *Person { return &Person{v.v.patient} }

// Doctor is the visit's doctor.
func (v *Visit) Doctor() *Person { return &Person{v.v.doctor} }

// Reviewer is the pharmacist who reviews the visit's prescription.
func (v *Visit) Reviewer() *Person { return &Person{v.v.reviewer} }

// Prescription is its number.
func (v *Visit) Prescription() string { return v.v.rx }

// Path is the prescription's resource.
func (v *Visit) Path(step string) string { return "/v1/prescriptions/" + v.v.rx + step }

// Consultation is its id.
func (v *Visit) Consultation() string { return v.v.consultation }

// Lead takes the visit from its beginning to a prescription that is a draft, signed, approved or
// paid. The consultation is finished once the prescription is signed, so that its pair may meet
// again.
func (v *Visit) Lead(ctx context.Context, to prescription.Status) error {
	for _, step := range []struct {
		do    func(context.Context) error
		after prescription.Status
	}{
		{v.v.consult, ""},
		{func(ctx context.Context) error { return v.v.draft(ctx, "") }, prescription.Draft},
		{v.v.issue, ""},
		{v.v.finish, prescription.Signed},
		{v.v.approve, prescription.Approved},
		{v.v.pay, prescription.Paid},
	} {
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("visit of %s: %w", v.v.patient.label, err)
		}
		if step.after == to {
			return nil
		}
	}
	return fmt.Errorf("%w: no visit leads to %s", ErrSurprise, to)
}

// Await waits until the patient sees the prescription in a status.
func (v *Visit) Await(ctx context.Context, want prescription.Status) (*view.View, error) {
	err := v.v.waitFor(ctx, v.v.patient, want)
	return v.v.view, err
}

// Claim takes the lock for a pharmacy, as its scanner and its device do.
func (v *Visit) Claim(ctx context.Context, pharmacy *Person) error { return v.v.claim(ctx, pharmacy.p) }

// Dispense hands out, once the chain has confirmed the claim.
func (v *Visit) Dispense(ctx context.Context, pharmacy *Person) error {
	if err := v.v.waitFor(ctx, pharmacy.p, prescription.Claimed); err != nil { // the holder reads the secret again
		return err
	}
	return v.v.dispense(ctx, pharmacy.p)
}

// TryDispense hands out without waiting for the chain's confirmation of the claim.
func (v *Visit) TryDispense(ctx context.Context, pharmacy *Person) error {
	return v.v.tryDispense(ctx, pharmacy.p)
}

// AccessCode is the secret in the patient's pick-up code; the prescription must be paid.
func (v *Visit) AccessCode(ctx context.Context) (string, error) {
	if err := v.v.waitFor(ctx, v.v.patient, prescription.Paid); err != nil {
		return "", err
	}
	token, err := redemption.Parse(v.v.view.Content.Pickup)
	return token.AccessCode, err
}

// ClaimInput is what a pharmacy sends to claim: the pick-up code's secret, and a reason for every
// finding that became known after the review, as prescriptions of the same patient may bring.
func (v *Visit) ClaimInput(ctx context.Context, pharmacy *Person) (in lifecycle.ClaimInput, err error) {
	if in.AccessCode, err = v.AccessCode(ctx); err != nil {
		return in, err
	}
	var seen view.View
	pickup := map[string]string{"pickup": v.v.view.Content.Pickup}
	if err = pharmacy.p.step(ctx, "lookup", http.MethodPost, "/v1/prescriptions/lookup", pickup, &seen); err != nil {
		return in, err
	}
	if seen.Content.Recheck != nil {
		for _, f := range seen.Content.Recheck.New {
			in.Overrides = append(in.Overrides, reasonFor(f))
		}
	}
	return in, nil
}

// Poll asks until something is so, at most six times the patience, with a pause between.
func (p *Person) Poll(ctx context.Context, what string, pause time.Duration, ask func() (bool, error)) error {
	return p.p.poll(ctx, what, func() (bool, error) {
		done, err := ask()
		if !done && err == nil {
			time.Sleep(pause)
		}
		return done, err
	})
}
