package journey

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/copies"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/view"
)

// Bundle takes out what the patient carries to another application's pharmacy, once its receipts
// are sealed.
func (v *Visit) Bundle(ctx context.Context) (b json.RawMessage, err error) {
	patient := v.v.patient
	return b, patient.poll(ctx, "the bundle", func() (bool, error) {
		err := patient.get(ctx, v.Path("/bundle"), &b)
		if codeOf(err) == "receipt-not-sealed" {
			return false, nil
		}
		return err == nil, err
	})
}

// PickupCodes are what the patient's device keeps beside the bundle: the codes of this and of later
// claims.
func (v *Visit) PickupCodes(ctx context.Context) ([]string, error) {
	var out struct{ Codes []string }
	return out.Codes, v.v.patient.get(ctx, v.Path("/pickup-codes"), &out)
}

// Contest is the patient's word that the claim is not theirs.
func (v *Visit) Contest(ctx context.Context) error {
	_, err := v.v.patient.act(ctx, "contest", v.Path("/contest"), service.ContestInput{}, chain.KindContest)
	return err
}

// Cancel withdraws the prescription for its patient.
func (v *Visit) Cancel(ctx context.Context) error {
	_, err := v.v.patient.act(ctx, "cancel", v.Path("/cancel"), service.CancelInput{Reason: "患者改为线下就诊"},
		chain.KindCancel)
	return err
}

// Brought is a prescription that a bundle brought to the application of a pharmacy.
type Brought struct {
	v        *visit
	token    redemption.Token
	pharmacy *person
	Received copies.Received
}

// Bring hands a bundle in without an account, as a patient's device does; the pharmacist then works
// on it. A bundle that is ahead of the node's chain is brought again. Refusals come back as
// *Refused.
func (p *Person) Bring(ctx context.Context, bundle json.RawMessage) (*Brought, error) {
	guest := *p.p.client
	guest.token, guest.login = "", nil
	b := &Brought{pharmacy: p.p}
	err := p.p.poll(ctx, "the bundle's records", func() (bool, error) {
		err := guest.repeat(ctx, http.MethodPost, "/v1/bundles", "", bundle, &b.Received)
		if codeOf(err) == "bundle-early" {
			return false, nil
		}
		return err == nil, err
	})
	if err != nil {
		return nil, err
	}
	if b.token, err = redemption.Parse(b.Received.Pickup); err != nil {
		return nil, fmt.Errorf("bundle: %w: %w", ErrSurprise, err)
	}
	b.v = &visit{rx: string(b.Received.ID)}
	return b, nil
}

// Claim takes the lock for the pharmacy with the pick-up code.
func (b *Brought) Claim(ctx context.Context) error { return b.v.claimWith(ctx, b.pharmacy, b.token) }

// Dispense hands out, once the chain has confirmed the claim.
func (b *Brought) Dispense(ctx context.Context) error { return b.v.dispense(ctx, b.pharmacy) }

// Release gives the lock back, once the chain has confirmed the claim.
func (b *Brought) Release(ctx context.Context) error {
	return b.pharmacy.poll(ctx, "the claim's confirmation", func() (bool, error) {
		err := b.v.rxAct(ctx, b.pharmacy, "release",
			service.ReleaseInput{Secret: b.v.view.Content.Claim.Secret, Reason: "缺货"}, chain.KindRelease,
			prescription.Paid)
		if codeOf(err) == "claim-unconfirmed" {
			return false, nil
		}
		return err == nil, err
	})
}

// View is a prescription as its reader is shown it.
type View = view.View

// See is the prescription as the pick-up code shows it to the pharmacy now.
func (b *Brought) See(ctx context.Context) (view.View, error) {
	var v view.View
	return v, b.pharmacy.once(ctx, http.MethodPost, "/v1/prescriptions/lookup", "",
		map[string]string{"pickup": b.token.String()}, &v)
}

// See is the prescription as its patient sees it now.
func (v *Visit) See(ctx context.Context) (view.View, error) {
	var now view.View
	return now, v.v.patient.get(ctx, v.Path(""), &now)
}
