"""The JSON API of the service. Its OpenAPI document is made from the routes and models here, and from nothing else."""
