"""A reference server for `POST /api/v1/generate`: real work by small local engines, no key, no internet.

It exists so that callers, the client and the contract suite have something true to talk to. Every response
says `x-reference-engine`, so that nobody takes it for the live service.

What it imitates: the paths, the authentication, both body types read as the contract types them, the answers
of each model family, streaming, video jobs, voice uploads, and the errors of a bad request. Of its own are
the page at `/`, `/health`, `/ready`, and what is below `/_reference/`.

What it does not imitate:

- the quality of the models: it draws flat landscapes, speaks with PicoTTS, hears with a small PocketSphinx
  model that knows American English only, and videos a slow pan over a picture;
- the effect of every option. An option or a value that an engine does not know is passed over, as the
  page's "(if supported)" allows, so `output_format: tiff` gives a PNG;
- cloning: an uploaded or referenced voice picks a pitch, it does not sound like its owner;
- fetching: nothing is ever read from a network. An `http(s)` URL in `image_path`, `image_url` or `voice_url`
  stands for a picture or a voice derived from its text; a `data:` URL is decoded;
- translation (`task: ast`), storage (`s3_output_path`), credits, quotas and the passing of time: the
  `processing_time` members are computed from the request, so that the same request gives the same bytes, and
  a video that nobody asks about is never made.
"""

__version__ = "0.1.0"
