package consult

import "context"

// DropOrphans is what Run does beside its sweep.
func (s *Service) DropOrphans(ctx context.Context) error { return s.dropOrphans(ctx) }
