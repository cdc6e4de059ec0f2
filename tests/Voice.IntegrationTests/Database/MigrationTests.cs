using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dapper;
using DbUp;
using DbUp.Engine.Output;
using Voice.Application;
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

    [SkippableTheory, OnBothDatabases]
    public async Task Contracts_of_the_version_before_read_the_same_after_it(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine, migrate: false);
        MigrateUpTo(database, "0004");
        await database.ExecuteAsync(await File.ReadAllTextAsync(Fixture.At("migrations", "rows-before-0004.sql")));
        await using var connection = await database.Source.OpenConnectionAsync();
        var before = JsonNode.Parse(await connection.ExecuteScalarAsync<string>(
            "SELECT body FROM contracts WHERE contract_id = 'ctr_aay6rbrmpqv8'") ?? "")!.AsObject();
        var codes = await database.CountAsync("SELECT COUNT(*) FROM contract_parties WHERE code_hash IS NOT NULL");

        Migrator.Migrate(database.Dialect, database.ConnectionString);

        await using var voice = await VoiceHost.StartAsync(database);
        var after = JsonNode.Parse(await voice.Http.GetStringAsync("/api/v1/contracts/ctr_aay6rbrmpqv8"))!.AsObject();
        foreach (var (member, value) in before) after[member]!.ToJsonString().Should().Be(value!.ToJsonString(), member);
        var canonical = await voice.Http.GetByteArrayAsync("/api/v1/contracts/ctr_aay6rbrmpqv8/canonical");
        Convert.ToHexStringLower(SHA256.HashData(canonical)).Should().Be((string?)before["contract_hash"]);
        (await database.CountAsync("SELECT COUNT(*) FROM sms_outbox WHERE code_hash IS NOT NULL AND state = 'accepted'")).Should().Be(codes)
            .And.Be(2);
        (await database.CountAsync("SELECT COUNT(*) FROM contract_parties WHERE attempts = 2 AND position = 1")).Should().Be(1);
        (await database.CountAsync("SELECT COUNT(DISTINCT subject) FROM contracts")).Should().Be(2, "one of them is the recording's");
        (await voice.Http.GetStringAsync("/api/v1/voice/process/job_12f94a29f000cc9eeab22f49")).Should()
            .Contain("Audio is not fetched from that host");
        await Eventually.SeesAsync(
            () => voice.Http.GetStringAsync("/api/v1/voice/process/job_02f94a29f000cc9eeab22f49"), job => job.Contains("failed"));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_program_refuses_tables_that_are_older_and_says_what_to_run(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine, migrate: false);
        await RefusesAsync("0001_recordings.sql");
        MigrateUpTo(database, "0008");
        await RefusesAsync("0008_forgetting.sql");

        async Task RefusesAsync(string missing) =>
            (await FluentActions.Awaiting(() => VoiceHost.StartAsync(database)).Should().ThrowAsync<SettingException>())
                .Which.Message.Should().Contain("older").And.Contain(missing).And.Contain("voice migrate")
                .And.Contain("dotnet run --project src/Voice.Api -- migrate").And.NotContain("\n");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_program_refuses_tables_that_are_newer_unless_they_are_promised_to_serve_it(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var last = Migrator.Scripts(database.Dialect)[^1].Name;
        await database.ExecuteAsync(
            "INSERT INTO schemaversions (scriptname, applied) VALUES ('9998_wider.sql', CURRENT_TIMESTAMP)");

        await RefusesAsync("9998_wider.sql");
        await database.ExecuteAsync("INSERT INTO schema_promises (script, served_from) VALUES ('9998_wider.sql', '9997_gone.sql')");
        await RefusesAsync("9998_wider.sql");
        await database.ExecuteAsync($"UPDATE schema_promises SET served_from = '{last}' WHERE script = '9998_wider.sql'");
        foreach (var migrates in new[] { "false", "true" })
            await (await VoiceHost.StartAsync(database, $"--Database:MigrateOnStart={migrates}")).DisposeAsync();

        async Task RefusesAsync(string newer)
        {
            foreach (var migrates in new[] { "false", "true" })
                (await FluentActions.Awaiting(() => VoiceHost.StartAsync(database, $"--Database:MigrateOnStart={migrates}"))
                    .Should().ThrowAsync<SettingException>()).Which.Message.Should().Contain("newer").And.Contain(newer)
                    .And.Contain("voice migrate").And.NotContain("\n");
        }
    }

    [SkippableTheory, OnBothDatabases]
    public async Task The_command_migrates_whatever_the_start_would_do(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine, migrate: false);

        var (code, output, error) = await VoiceCommand.RunAsync(database, "migrate", "--Database:MigrateOnStart=false");

        (code, error).Should().Be((0, ""));
        output.Should().StartWith("The tables are up to date");
        await (await VoiceHost.StartAsync(database)).DisposeAsync();
        (await VoiceCommand.RunAsync(database, "migrate")).Code.Should().Be(0);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task The_statements_of_the_version_before_run_on_the_tables_of_this_one(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var statements = File.ReadAllText(Fixture.At("migrations", "statements-before-0008.sql"))
            .Replace("{skip_locked}", database.Dialect.SkipLocked)
            .Replace("{bytes}", engine == Engine.Postgres ? @"'\x61'" : "X'61'")
            .Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        statements.Should().HaveCountGreaterThan(40);
        await using var connection = await database.Source.OpenConnectionAsync();

        foreach (var statement in statements)
        {
            var lines = statement.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal));
            var sql = string.Join('\n', lines);
            if (sql.StartsWith("SELECT", StringComparison.Ordinal) || sql.Contains("RETURNING", StringComparison.Ordinal))
                (await connection.QueryAsync(sql)).Should().NotBeEmpty(sql);
            else (await connection.ExecuteAsync(sql)).Should().BePositive(sql);
        }
    }

    private static void MigrateUpTo(TestDatabase database, string name)
    {
        var builder = database.Dialect == Dialect.Postgres
            ? DeployChanges.To.PostgresqlDatabase(database.ConnectionString)
            : DeployChanges.To.SqliteDatabase(database.ConnectionString);
        builder.WithScripts(Migrator.Scripts(database.Dialect).Where(script => string.CompareOrdinal(script.Name, name) < 0))
            .LogTo(new NoOpUpgradeLog()).Build().PerformUpgrade().Successful.Should().BeTrue();
    }
}
