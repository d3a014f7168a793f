package once

// region answer
func answer() int {
	return 42
}

// endregion
