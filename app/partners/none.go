package partners

import (
	"context"
	"fmt"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/wechat"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment/bureau"
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

func (noInsurer) Card(context.Context, string) (bureau.CardInfo, error) {
	return bureau.CardInfo{}, bureau.ErrUnknownOutcome
}

func (noInsurer) Presettle(context.Context, bureau.Order) (bureau.Presettlement, error) {
	return bureau.Presettlement{}, bureau.ErrUnknownOutcome
}

func (noInsurer) Pay(context.Context, bureau.Order) (bureau.Answer, error) {
	return bureau.Answer{}, bureau.ErrUnknownOutcome
}

func (noInsurer) Query(context.Context, string) (bureau.Answer, error) {
	return bureau.Answer{}, bureau.ErrUnknownOutcome
}

func (noInsurer) Revoke(context.Context, string) error { return bureau.ErrUnknownOutcome }

func (noInsurer) Refund(context.Context, bureau.RefundOrder) (bureau.Answer, error) {
	return bureau.Answer{}, bureau.ErrUnknownOutcome
}

func (noInsurer) Totals(context.Context, string, string) (bureau.Totals, error) {
	return bureau.Totals{}, bureau.ErrUnknownOutcome
}

func (noInsurer) Details(context.Context, string) ([]bureau.Detail, error) {
	return nil, bureau.ErrUnknownOutcome
}

// noWeChat logs nobody in.
type noWeChat struct{}

func (noWeChat) Exchange(context.Context, string) (string, error) { return "", wechat.ErrUnavailable }
