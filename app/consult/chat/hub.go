package chat

import (
	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/wake"
)

// NewHub makes the hub that wakes the readers of visits, whose ids valid knows; client may be nil
// when there is one instance only.
func NewHub(client redis.UniversalClient, valid func(id string) bool) *wake.Hub {
	return wake.New(client, "hospital:chat", valid)
}
