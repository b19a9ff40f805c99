package journey

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/view"
)

// unhappy plays the twins of the main job that end otherwise. Each must be refused or undone
// exactly as promised.
func (w *ward) unhappy(ctx context.Context, out io.Writer) error {
	for _, twin := range []struct {
		name string
		play func(context.Context, *visit) error
	}{
		{"review rejected and re-issued", rejectedAndReissued},
		{"cancelled before redemption with refund", cancelledWithRefund},
		{"second pharmacy refused", secondPharmacyRefused},
	} {
		fmt.Fprintf(out, "\n%s\n", twin.name)
		v := w.visit(0)
		if err := v.consult(ctx); err != nil {
			return fmt.Errorf("%s: %w", twin.name, err)
		}
		if err := v.draft(ctx, ""); err != nil {
			return fmt.Errorf("%s: %w", twin.name, err)
		}
		if err := v.issue(ctx); err != nil {
			return fmt.Errorf("%s: %w", twin.name, err)
		}
		if err := twin.play(ctx, v); err != nil {
			return fmt.Errorf("%s: %w", twin.name, err)
		}
		if err := v.finish(ctx); err != nil {
			return fmt.Errorf("%s: %w", twin.name, err)
		}
	}
	return nil
}

func rejectedAndReissued(ctx context.Context, v *visit) error {
	rejected := v.rx
	reasons := lifecycle.Decision{Reasons: []string{"疗程与诊断不符，请复核后重开"}}
	if err := v.rxAct(ctx, v.reviewer, "reject", reasons, chain.KindReject, prescription.Rejected); err != nil {
		return err
	}
	if _, err := v.patient.act(ctx, "pay", "/v1/prescriptions/"+rejected+"/pay", map[string]string{"card": "any"},
		chain.KindPayOpen); err == nil {
		return fmt.Errorf("%w: a rejected prescription could be paid", ErrSurprise)
	}
	if err := v.draft(ctx, rejected); err != nil {
		return err
	}
	if err := v.issue(ctx); err != nil {
		return err
	}
	return v.approve(ctx)
}

func cancelledWithRefund(ctx context.Context, v *visit) error {
	if err := v.approve(ctx); err != nil {
		return err
	}
	if err := v.pay(ctx); err != nil {
		return err
	}
	reason := service.CancelInput{Reason: "患者改为线下就诊"}
	if err := v.rxAct(ctx, v.patient, "cancel", reason, chain.KindCancel, prescription.Cancelled); err != nil {
		return err
	}
	start := time.Now()
	err := v.patient.poll(ctx, "the refund", func() (bool, error) {
		var now view.View
		err := v.patient.get(ctx, "/v1/prescriptions/"+v.rx, &now)
		return err == nil && now.Content != nil && now.Content.Refund == lifecycle.RefundDone, err
	})
	if err == nil {
		v.patient.record("refunded", "", time.Since(start))
	}
	return err
}

func secondPharmacyRefused(ctx context.Context, v *visit) error {
	if err := v.approve(ctx); err != nil {
		return err
	}
	if err := v.pay(ctx); err != nil {
		return err
	}
	first, second := v.pharmacies[0], v.pharmacies[1]
	if err := v.waitFor(ctx, v.patient, prescription.Paid); err != nil {
		return err
	}
	token, err := redemption.Parse(v.view.Content.Pickup)
	if err != nil {
		return err
	}
	late := func(when string, codes ...string) error {
		start := time.Now()
		err := second.command(ctx, http.MethodPost, "/v1/prescriptions/"+v.rx+"/claim",
			lifecycle.ClaimInput{AccessCode: token.AccessCode}, nil)
		for _, c := range codes {
			if codeOf(err) == c {
				second.record("refused", "", time.Since(start))
				return nil
			}
		}
		return fmt.Errorf("%w: the second pharmacy got %w %s", ErrSurprise, err, when)
	}
	if err := v.claim(ctx, first); err != nil {
		return err
	}
	if err := late("while the first holds it", "claim-held"); err != nil {
		return err
	}
	if err := v.dispense(ctx, first); err != nil {
		return err
	}
	return late("after it was dispensed", "status", "claim-held", "not-found")
}
