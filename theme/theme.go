// Package theme holds the layouts, styles, scripts and icons of the site, so that an installed command carries them.
package theme

import "embed"

// FS is the folder theme as it was when the command was compiled.
//
//go:embed all:layouts css ts static
var FS embed.FS
