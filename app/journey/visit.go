package journey

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/trace"
	"github.com/smart-hospital/hospital/prescription/view"
)

// visit is one consultation and the prescription that comes of it.
type visit struct {
	*ward
	patient, doctor, reviewer *person

	scene        scene
	consultation string
	rx           string // prescription id
	view         *view.View
}

type shown[T any] struct {
	ID    string `json:"id"`
	State T      `json:"state"`
}

// consult goes from the request to a note with a diagnosis, chat included.
func (v *visit) consult(ctx context.Context) error {
	var err error
	if v.scene, err = sceneOf(ctx, v.patient, v.doctor); err != nil {
		return err
	}
	var c shown[string]
	err = v.patient.step(ctx, "request", http.MethodPost, "/v1/consultations",
		map[string]any{"doctor": v.doctor.id, "complaint": "慢性病复诊，需要续方", "duration": "两周"}, &c)
	if err != nil {
		return err
	}
	v.consultation = c.ID
	path := "/v1/consultations/" + c.ID
	if err := v.doctor.step(ctx, "accept", http.MethodPost, path+"/accept", nil, nil); err != nil {
		return err
	}
	if err := v.doctor.step(ctx, "start", http.MethodPost, path+"/start", nil, nil); err != nil {
		return err
	}
	if err := v.talk(ctx); err != nil {
		return err
	}
	note := map[string]any{"version": 0, "complaint": "复诊续方", "history": "病情平稳，规律服药",
		"plan": "继续原方案，两周后复诊", "diagnoses": []string{v.scene.diagnosis}}
	return v.doctor.step(ctx, "note", http.MethodPut, path+"/note", note, nil)
}

// talk sends in both directions; each hears the other over a connection that did not exist when it
// was said.
func (v *visit) talk(ctx context.Context) error {
	start := time.Now()
	first, second := "医生您好，我来续方。", "您好，最近血压和血糖怎么样？"
	if err := v.patient.say(ctx, v.consultation, first); err != nil {
		return err
	}
	if err := v.doctor.say(ctx, v.consultation, second); err != nil {
		return err
	}
	if err := v.doctor.hear(ctx, v.consultation, 0, first, second); err != nil {
		return err
	}
	if err := v.patient.hear(ctx, v.consultation, 0, first, second); err != nil {
		return err
	}
	v.patient.record("chat", "", time.Since(start))
	return nil
}

// finish ends the consultation, whatever became of the prescription.
func (v *visit) finish(ctx context.Context) error {
	return v.doctor.step(ctx, "finish", http.MethodPost, "/v1/consultations/"+v.consultation+"/finish", nil, nil)
}

// draft writes the prescription of the scene, or reworks a rejected one.
func (v *visit) draft(ctx context.Context, supersedes string) error {
	in := service.DraftInput{Visit: v.consultation, Diagnoses: []string{v.scene.diagnosis}, Items: v.scene.items,
		Supersedes: supersedes}
	var made view.View
	if err := v.doctor.step(ctx, "draft", http.MethodPost, "/v1/prescriptions", in, &made); err != nil {
		return err
	}
	if made.Content == nil || len(made.Content.Refusals) > 0 {
		return fmt.Errorf("%w: the draft is refused: %+v", ErrSurprise, made.Content)
	}
	v.rx, v.view = string(made.ID), &made
	return v.answer(ctx)
}

// answer gives every finding that asks for a reason one, as a doctor would have to write it.
func (v *visit) answer(ctx context.Context) error {
	in := service.DraftInput{Visit: v.consultation, Diagnoses: []string{v.scene.diagnosis}, Items: v.scene.items}
	for _, f := range v.view.Content.Findings {
		if f.Severity != rules.Info {
			in.Overrides = append(in.Overrides,
				rules.Override{Key: f.Key, Reason: "已核对，获益大于风险，嘱患者观察"})
		}
	}
	if len(in.Overrides) == 0 && len(v.view.Content.Overrides) == 0 {
		return nil
	}
	change := struct {
		service.DraftInput
		Version int64 `json:"version"`
	}{in, v.view.Version}
	var made view.View
	if err := v.doctor.step(ctx, "draft", http.MethodPut, v.path(v.view.ID), change, &made); err != nil {
		return err
	}
	v.view = &made
	return nil
}

func (v *visit) path(id prescription.ID) string { return "/v1/prescriptions/" + string(id) }

// rxAct signs a step of the prescription and checks where it stands afterwards.
func (v *visit) rxAct(ctx context.Context, by *person, step string, in any, kind chain.Kind,
	want prescription.Status) error {
	done, err := by.act(ctx, step, "/v1/prescriptions/"+v.rx+"/"+step, in, kind)
	if err != nil {
		return err
	}
	if done.Prescription == nil || done.Prescription.Status != want {
		return fmt.Errorf("%s: %w: prescription %s is not %s", step, ErrSurprise, v.rx, want)
	}
	v.view = done.Prescription
	return nil
}

// issueTries: another visit of the same patient may change what runs beside this prescription, and
// with it the findings and the document.
const issueTries = 20

func (v *visit) issue(ctx context.Context) (err error) {
	for range issueTries {
		err = v.rxAct(ctx, v.doctor, "issue", service.IssueInput{Version: v.view.Version}, chain.KindIssue,
			prescription.Signed)
		switch codeOf(err) {
		case "stale":
		case "rule-refused", "invalid-input": // a finding that is new wants its reason, or one is gone
			var now view.View
			if again := v.doctor.get(ctx, v.path(v.view.ID), &now); again != nil || now.Content == nil {
				return errors.Join(err, again)
			}
			v.view = &now
			if again := v.answer(ctx); again != nil {
				return errors.Join(err, again)
			}
		default:
			return err
		}
	}
	return err
}

// answers are what a step says to findings that became known after the issue.
type answers struct {
	reasons  []rules.Override
	critical map[string]bool // keys of those
	contact  *lifecycle.PrescriberContact
}

func reasonFor(f rules.Finding) rules.Override {
	return rules.Override{Key: f.Key, Reason: "已核对，获益大于风险"}
}

// answering takes a step, and takes it again with a written reason for everything that became known
// after the issue when it is refused for want of one; view is how this person reads the
// prescription.
func (v *visit) answering(ctx context.Context, by *person, step string, kind chain.Kind, want prescription.Status,
	view func() (*view.View, error), body func(answers) any) (err error) {
	var a answers
	for range issueTries {
		err = v.rxAct(ctx, by, step, body(a), kind, want)
		switch codeOf(err) {
		case "stale": // another visit of the same patient moved meanwhile
			continue
		case "rule-refused":
		case "invalid-input": // what a reason was written for is gone again
			a = answers{}
			continue
		default:
			return err
		}
		seen, fault := view()
		if fault != nil || seen.Content == nil {
			return errors.Join(err, fault)
		}
		if seen.Content.Recheck == nil || len(seen.Content.Recheck.New) == 0 {
			continue // what was new is gone again
		}
		a = answers{critical: map[string]bool{},
			contact: &lifecycle.PrescriberContact{Person: seen.Content.Doctor.Name, At: seen.Content.Recheck.At,
				Answer: "已知，患者可以用药"}}
		for _, f := range seen.Content.Recheck.New {
			a.reasons = append(a.reasons, reasonFor(f))
			a.critical[f.Key] = f.Severity == rules.Critical
		}
	}
	return err
}

// read is how a person reads the prescription by its number.
func (v *visit) read(ctx context.Context, by *person) func() (*view.View, error) {
	return func() (*view.View, error) {
		var now view.View
		return &now, by.get(ctx, "/v1/prescriptions/"+v.rx, &now)
	}
}

func (v *visit) approve(ctx context.Context) error {
	return v.answering(ctx, v.reviewer, "approve", chain.KindApprove, prescription.Approved, v.read(ctx, v.reviewer),
		func(a answers) any {
			return lifecycle.Decision{Reasons: []string{}, Overrides: a.reasons}
		})
}

// pay binds the card when it is not bound yet, asks for the price, shows a pay code, signs the
// split and waits until it is settled.
//
// Another payment of the same patient may move the deductible between price and settlement; the
// insurer then settles nothing, and the patient pays the new price.
func (v *visit) pay(ctx context.Context) (err error) {
	for range issueTries {
		if err = v.payOnce(ctx); !errors.Is(err, errNotSettled) {
			return err
		}
	}
	return err
}

var errNotSettled = errors.New("the insurer settled nothing")

func (v *visit) payOnce(ctx context.Context) error {
	var code payment.PayCode
	if err := v.patient.step(ctx, "pay-code", http.MethodPost, "/v1/patients/me/pay-codes", nil, &code); err != nil {
		return err
	}
	done, err := v.patient.act(ctx, "pay", "/v1/prescriptions/"+v.rx+"/pay", map[string]string{"payCode": code.Code},
		chain.KindPayOpen)
	if err != nil {
		return err
	}
	if done.Settlement == nil {
		return fmt.Errorf("pay: %w: no settlement", ErrSurprise)
	}
	start, path := time.Now(), "/v1/settlements/"+done.Settlement.ID
	err = v.patient.poll(ctx, "the settlement", func() (bool, error) {
		var now payment.View
		if err := v.patient.get(ctx, path, &now); err != nil {
			return false, err
		}
		if now.Status == payment.Failed {
			return false, errNotSettled
		}
		return now.Status == payment.Settled, nil
	})
	if err != nil {
		return err
	}
	if err := v.waitFor(ctx, v.patient, prescription.Paid); err != nil {
		return err
	}
	v.patient.record("paid", "", time.Since(start))
	return nil
}

// waitFor polls the prescription until it stands there and keeps what the reader sees of it.
func (v *visit) waitFor(ctx context.Context, by *person, want prescription.Status) error {
	return by.poll(ctx, "status "+string(want), func() (bool, error) {
		var now view.View
		if err := by.get(ctx, "/v1/prescriptions/"+v.rx, &now); err != nil {
			return false, err
		}
		v.view = &now
		return now.Status == want, nil
	})
}

// claim scans the patient's pick-up code and takes the lock.
func (v *visit) claim(ctx context.Context, pharmacy *person) error {
	if err := v.waitFor(ctx, v.patient, prescription.Paid); err != nil {
		return err
	}
	token, err := redemption.Parse(v.view.Content.Pickup)
	if err != nil {
		return fmt.Errorf("claim: %w: %w", ErrSurprise, err)
	}
	return v.claimWith(ctx, pharmacy, token)
}

func (v *visit) claimWith(ctx context.Context, pharmacy *person, token redemption.Token) error {
	var seen view.View
	if err := pharmacy.step(ctx, "lookup", http.MethodPost, "/v1/prescriptions/lookup",
		map[string]string{"pickup": token.String()}, &seen); err != nil {
		return err
	}
	if string(seen.ID) != v.rx {
		return fmt.Errorf("lookup: %w: another prescription", ErrSurprise)
	}
	look := func() (*view.View, error) {
		return &seen, pharmacy.step(ctx, "lookup", http.MethodPost, "/v1/prescriptions/lookup",
			map[string]string{"pickup": token.String()}, &seen)
	}
	return v.answering(ctx, pharmacy, "claim", chain.KindClaim, prescription.Claimed, look, func(a answers) any {
		return lifecycle.ClaimInput{AccessCode: token.AccessCode, Overrides: a.reasons}
	})
}

// dispense hands out, once the chain has confirmed the claim.
func (v *visit) dispense(ctx context.Context, pharmacy *person) error {
	return pharmacy.poll(ctx, "the claim's confirmation", func() (bool, error) {
		err := v.tryDispense(ctx, pharmacy)
		if codeOf(err) == "claim-unconfirmed" {
			return false, nil
		}
		return err == nil, err
	})
}

// tryDispense scans every package and signs the handing out.
func (v *visit) tryDispense(ctx context.Context, pharmacy *person) error {
	if v.view.Content == nil || v.view.Content.Claim == nil || v.view.Content.Claim.Secret == "" {
		return fmt.Errorf("dispense: %w: no secret of the claim", ErrSurprise)
	}
	in := lifecycle.HandOut{Secret: v.view.Content.Claim.Secret, Checklist: document.AllChecked}
	for i, it := range v.view.Content.Items {
		codes, err := traceCodes(it.TracePrefix, it.Packages)
		if err != nil {
			return err
		}
		in.Items = append(in.Items, trace.DispensedItem{Item: i, TraceCodes: codes})
	}
	return v.answering(ctx, pharmacy, "dispense", chain.KindDispense, prescription.Dispensed, v.read(ctx, pharmacy),
		func(a answers) any {
			in.Overrides, in.Contact = nil, a.contact
			for _, r := range a.reasons {
				if !a.critical[r.Key] { // the prescriber's answer is for these
					in.Overrides = append(in.Overrides, r)
				}
			}
			return in
		})
}

// traceCodes makes up what a scanner would read: 20 digits a package, the first seven the drug's.
func traceCodes(prefix string, packages int64) ([]string, error) {
	const digits = 20
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits-len(prefix))), nil)
	var codes []string
	for range packages {
		n, err := rand.Int(rand.Reader, limit)
		if err != nil {
			return nil, err
		}
		codes = append(codes, fmt.Sprintf("%s%0*s", prefix, digits-len(prefix), n))
	}
	return codes, nil
}
