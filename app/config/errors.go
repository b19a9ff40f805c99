package config

import "errors"

// ErrConfig: the configuration cannot start; the text names every setting.
var ErrConfig = errors.New("the configuration cannot start")
