using Voice.Infrastructure.Database;

namespace Voice.IntegrationTests.Database;

public class MigrationTests
{
    [Fact]
    public void Both_engines_have_the_same_migrations()
    {
        var sqlite = Migrator.Scripts(Dialect.Sqlite).Select(script => script.Name);

        sqlite.Should().NotBeEmpty().And.Equal(Migrator.Scripts(Dialect.Postgres).Select(script => script.Name));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Instances_that_start_at_once_on_a_new_database_all_succeed(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine, migrate: false);

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Migrator.Migrate(database.Dialect, database.ConnectionString))));

        (await database.CountAsync("SELECT COUNT(*) FROM schemaversions")).Should().Be(Migrator.Scripts(database.Dialect).Count);
        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings")).Should().Be(0);
    }
}
