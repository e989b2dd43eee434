# make demo: see it work. make test: see that it is right. Both fetch what is missing (scripts/bootstrap).

PREFIX ?= /usr/local
SWIFT_SOURCES = Sources Tests Benchmarks Package.swift wasm Examples
LIBRARIES = libwasmtime.so libonnxruntime.so.1

.PHONY: help demo serve build test test-extra lint format wasm kernel-v3 pictures documentation bench install clean bootstrap

help:
	@echo "make demo                  build, render and detect real prices"
	@echo "make serve                 build, serve curves on http://127.0.0.1:3002"
	@echo "make test                  build and run all tests"
	@echo "make build                 release build: .build/release/catenary"
	@echo "make install PREFIX=DIR    DIR/bin/catenary (needs no Swift there) and DIR/lib/catenary"
	@echo "make lint, make format     check the sources' form, mend it"
	@echo "make wasm, make kernel-v3  rebuild the committed WebAssembly module and AVX2 kernel"
	@echo "make pictures              draw the documentation's pictures anew"
	@echo "make documentation         the documentation as a site: out/documentation"
	@echo "make bench                 measure"
	@echo "make test-extra            fuzzers and sanitizers, where the tools are"
	@echo "make clean                 remove what builds left"

# Without a network all but WebAssembly works: bootstrap says so, and the build goes on.
bootstrap:
	@scripts/bootstrap || true

build: bootstrap
	swift build -c release --product catenary

demo: build
	@scripts/demo

serve: build
	@.build/release/catenary serve

test: bootstrap
	swift test

test-extra: bootstrap
	scripts/test-extra

lint:
	swift format lint --strict -r $(SWIFT_SOURCES)

format:
	swift format -i -r $(SWIFT_SOURCES)

wasm:
	wasm/build

kernel-v3:
	scripts/build-kernel-v3

pictures:
	scripts/draw-pictures

documentation:
	scripts/build-documentation

bench: bootstrap
	Benchmarks/run

# Linked with Swift's libraries inside, so that it runs where Swift is not installed.
install: bootstrap
	swift build -c release --product catenary --static-swift-stdlib --scratch-path .build-static
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/lib/catenary"
	install -s -m 755 .build-static/release/catenary "$(DESTDIR)$(PREFIX)/bin/catenary"
	@for library in $(LIBRARIES); do \
	  if [ -f ".deps/lib/$$library" ]; then \
	    install -m 755 ".deps/lib/$$library" "$(DESTDIR)$(PREFIX)/lib/catenary/$$library"; \
	  else echo "make install: $$library is not in .deps/lib: not installed"; fi; \
	done
	@echo "installed $(DESTDIR)$(PREFIX)/bin/catenary"

clean:
	rm -rf .build .build-* out Examples/*/.build
