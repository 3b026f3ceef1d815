"""The API of the pages: `/api/…`, JSON over `kg.exploration`, with its description in OpenAPI.

`endpoints` is the table of all that can be asked; `answers` runs in a worker, `routes` in the main process.
"""
