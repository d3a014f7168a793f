package main

import (
	"bytes"
	"compress/gzip"
	"path"

	"github.com/andybalholm/brotli"
)

// compressor writes a smaller copy beside a file, for hosts that send it as it is.
type compressor struct {
	ext     string
	squeeze func(data []byte) ([]byte, error)
}

var compressors = [...]compressor{
	{".br", func(data []byte) ([]byte, error) {
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, brotli.BestCompression)
		if _, err := w.Write(data); err != nil {
			return nil, err
		}
		err := w.Close()
		return b.Bytes(), err
	}},
	{".gz", func(data []byte) ([]byte, error) {
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(data); err != nil {
			return nil, err
		}
		err = w.Close()
		return b.Bytes(), err
	}},
}

// compressible leaves out what is small or compressed already.
func compressible(name string, size int) bool {
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".svg", ".md", ".txt", ".json", ".xml", ".wasm", ".webmanifest":
		return size > 512
	}
	return false
}
