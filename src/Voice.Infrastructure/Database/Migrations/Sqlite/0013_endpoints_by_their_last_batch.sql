-- An endpoint that is away is known by its last batch, not by counting what failed.
DROP INDEX event_deliveries_failed;
