package main

import (
	"bufio"
	"bytes"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// manifestHead begins the list of what a build wrote: a hash and a path a line.
const manifestHead = "guide manifest 1\n"

// readManifest returns what the last build wrote. A damaged line is passed over: its file is then written again.
func readManifest(root *os.Root) map[string]string {
	files := map[string]string{}
	data, err := readRegular(root, manifestName)
	if err != nil || !bytes.HasPrefix(data, []byte(manifestHead)) {
		return files
	}
	lines := bufio.NewScanner(bytes.NewReader(data[len(manifestHead):]))
	for lines.Scan() {
		hash, name, found := strings.Cut(lines.Text(), " ")
		if found && fs.ValidPath(name) && name != "." && !strings.HasPrefix(name, ".guide-") {
			files[name] = hash
		}
	}
	return files
}

func writeManifest(root *os.Root, files map[string]string) error {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	b.WriteString(manifestHead)
	for _, name := range names {
		b.WriteString(files[name] + " " + name + "\n")
	}
	temporary := stageName + "/manifest"
	if err := root.WriteFile(temporary, b.Bytes(), 0o644); err != nil {
		return err
	}
	return root.Rename(temporary, manifestName)
}
