package web

import "context"

// Known are the ids by which a person is and was known: what was noted under a former one is still
// that person's.
type Known func(ctx context.Context, person string) ([]string, error)

// Of are the ids of a person; nil for nobody. A nil Known knows the one id alone.
func (k Known) Of(ctx context.Context, person string) ([]string, error) {
	switch {
	case person == "":
		return nil, nil
	case k == nil:
		return []string{person}, nil
	}
	return k(ctx, person)
}
