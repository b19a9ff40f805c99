package payment

import "context"

// Disclosed is what a record of a settlement commits to.
type Disclosed struct {
	Rx             string // the prescription that the settlement pays
	Document, Salt []byte
}

// Disclose finds the document of one record of a settlement: ErrNotFound. It tells what was
// prescribed: the caller has checked who asks, and notes the reading for the patient.
func (s *Service) Disclose(ctx context.Context, settlement, record string) (d Disclosed, err error) {
	err = s.Store.Read(ctx, func(tx Tx) error {
		row, err := tx.Settlements.Get(settlement)
		if err != nil {
			return err
		}
		events, err := tx.Events.Of(settlement)
		if err != nil {
			return err
		}
		for _, e := range events {
			if e.Record == record && len(e.Document) > 0 {
				d = Disclosed{row.Rx, e.Document, e.Salt}
				return nil
			}
		}
		return ErrNotFound
	})
	return d, err
}
