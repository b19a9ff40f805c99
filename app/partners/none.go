package partners

import (
	"context"
	"fmt"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/wechat"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment"
)

// none is for a pharmacy group's application: patients log in and pay at their
// hospital's, so that there is no insurer and no WeChat to talk to. It refuses a hospital, whose
// patients could then neither log in nor pay.
func none(f *installation.Installation) (p Partners, err error) {
	if hospitals := f.Served(chain.OrgHospital); len(hospitals) > 0 {
		return p, fmt.Errorf("%w: pharmacy-only: hospital %s is served here", config.ErrConfig, hospitals[0])
	}
	return Partners{Insurer: noInsurer{}, WeChat: noWeChat{}}, nil
}

// noInsurer answers nothing.
type noInsurer struct{}

func (noInsurer) Card(context.Context, string) (payment.CardInfo, error) {
	return payment.CardInfo{}, payment.ErrUnknownOutcome
}

func (noInsurer) Presettle(context.Context, payment.Order) (payment.Presettlement, error) {
	return payment.Presettlement{}, payment.ErrUnknownOutcome
}

func (noInsurer) Pay(context.Context, payment.Order) (payment.Answer, error) {
	return payment.Answer{}, payment.ErrUnknownOutcome
}

func (noInsurer) Query(context.Context, string) (payment.Answer, error) {
	return payment.Answer{}, payment.ErrUnknownOutcome
}

func (noInsurer) Revoke(context.Context, string) error { return payment.ErrUnknownOutcome }

func (noInsurer) Refund(context.Context, payment.RefundOrder) (payment.Answer, error) {
	return payment.Answer{}, payment.ErrUnknownOutcome
}

func (noInsurer) Totals(context.Context, string, string) (payment.Totals, error) {
	return payment.Totals{}, payment.ErrUnknownOutcome
}

func (noInsurer) Details(context.Context, string) ([]payment.Detail, error) {
	return nil, payment.ErrUnknownOutcome
}

// noWeChat logs nobody in.
type noWeChat struct{}

func (noWeChat) Exchange(context.Context, string) (string, error) { return "", wechat.ErrUnavailable }
