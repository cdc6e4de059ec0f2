using Voice.Application.Access;
using Voice.Application.Forgetting;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Access;

namespace Voice.IntegrationTests.Database;

public class AccessTests
{
    private static readonly DateTimeOffset Now = TheRecording.Start;

    [SkippableTheory, OnBothDatabases]
    public async Task A_key_is_kept_as_a_digest_with_its_scopes_until_it_is_revoked(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var keys = new ApiKeyRepository(database.Source);
        var (secret, shop) = ApiKey.New("shop", [Scope.Create, Scope.Read], Now);

        keys.HasAny().Should().BeFalse();
        (await keys.AddAsync(shop, default)).Should().BeTrue();
        (await keys.AddAsync(ApiKey.New("shop", [Scope.Admin], Now).Key, default)).Should().BeFalse("the name is taken");
        keys.HasAny().Should().BeTrue();
        (await keys.FindGoodAsync(default)).Should().BeEquivalentTo([shop with { Scopes = [Scope.Read, Scope.Create] }]);
        (await database.CountAsync($"SELECT COUNT(*) FROM api_keys WHERE digest = '{secret}' OR name = '{secret}'")).Should().Be(0);

        (await keys.RevokeAsync("nobody", Now, default)).Should().BeFalse();
        (await keys.RevokeAsync("shop", Now.AddHours(1), default)).Should().BeTrue();
        (await keys.RevokeAsync("shop", Now.AddHours(2), default)).Should().BeFalse();
        (await keys.FindGoodAsync(default)).Should().BeEmpty();
        keys.HasAny().Should().BeFalse();
        var next = ApiKey.New("shop", [Scope.Read], Now.AddHours(3)).Key;
        (await keys.AddAsync(next, default)).Should().BeTrue("its name is free again");
        (await keys.RevokeAsync(next.KeyId, Now.AddHours(4), default)).Should().BeTrue();
        (await keys.ListAsync(default)).Select(key => key.RevokedAt).Should().Equal(Now.AddHours(1), Now.AddHours(4));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task The_last_use_is_the_latest_that_any_instance_noted(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var keys = new ApiKeyRepository(database.Source);
        var key = ApiKey.New("shop", [Scope.Read], Now).Key;
        await keys.AddAsync(key, default);

        await keys.NoteUseAsync([key.KeyId], Now.AddMinutes(2), default);
        await keys.NoteUseAsync([key.KeyId, "key_gone"], Now.AddMinutes(1), default);

        (await keys.ListAsync(default)).Single().LastUsedAt.Should().Be(Now.AddMinutes(2));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Instances_that_start_at_once_share_one_secret(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);

        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => new SigningSecret(database.Source, TimeProvider.System).GetAsync(default).AsTask())));

        secrets.Select(Convert.ToHexString).Distinct().Should().ContainSingle().Which.Should().HaveLength(64);
        (await database.CountAsync("SELECT COUNT(*) FROM service_secrets")).Should().Be(1);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task An_idempotency_key_is_kept_with_its_answer_and_forgotten_in_time(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var recordings = database.Recordings;
        var key = new IdempotencyKey("key_1\nk", "digest", Now.AddDays(-1));
        await recordings.AddAsync(TheRecording.New("conf_1"), key, default);
        (await recordings.AddAsync(TheRecording.New("conf_2"), key, default)).Should().Be(new UsedKey("conf_1", "digest"));

        await recordings.KeepAnswerAsync(key, Placement.Refused, "no credit", default);

        (await recordings.AddAsync(TheRecording.New("conf_2"), key, default)).Should()
            .Be(new UsedKey("conf_1", "digest", Placement.Refused, "no credit"));
        await database.Forgetting.ForgetAsync(Aged.IdempotencyKeys, Now, default);
        (await database.CountAsync("SELECT COUNT(*) FROM idempotency_keys")).Should().Be(1);
        await database.Forgetting.ForgetAsync(Aged.IdempotencyKeys, Now.AddMilliseconds(1), default);
        (await recordings.AddAsync(TheRecording.New("conf_3"), key, default)).Should().BeNull("it is free again");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task What_is_too_old_is_forgotten_by_itself(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        for (var number = 0; number < 5; number++)
            await database.Recordings.AddAsync(TheRecording.New($"conf_{number}"), new($"k{number}", "digest", Now), default);

        await using var voice = await VoiceHost.StartAsync(database, "--Retention:IdempotencyKeys=1.00:00");

        await Eventually.SeesAsync(() => database.CountAsync("SELECT COUNT(*) FROM idempotency_keys"), count => count == 0);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task What_the_version_before_started_under_a_key_is_not_started_again(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await database.Recordings.AddAsync(TheRecording.New("conf_1"), new("k", "digest", Now.AddDays(-1)), default);
        var key = new IdempotencyKey("key_1\nk", "digest", Now.AddDays(-1));

        (await database.Recordings.AddAsync(TheRecording.New("conf_2"), key, default)).Should().Be(new UsedKey("conf_1", "digest"));
        (await database.Recordings.AddAsync(
            TheRecording.New("conf_3", Now.AddDays(2)), key with { ForgottenBefore = Now.AddDays(1) }, default)).Should().BeNull();
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_key_that_is_free_again_has_no_answer_yet(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var key = new IdempotencyKey("k", "digest", Now.AddDays(-1));
        await database.Recordings.AddAsync(TheRecording.New("conf_1"), key, default);
        await database.Recordings.KeepAnswerAsync(key, Placement.Placed, null, default);

        var later = key with { ForgottenBefore = Now.AddDays(1) };
        (await database.Recordings.AddAsync(TheRecording.New("conf_2", Now.AddDays(2)), later, default)).Should().BeNull();

        (await database.Recordings.AddAsync(TheRecording.New("conf_3", Now.AddDays(2)), later, default))
            .Should().Be(new UsedKey("conf_2", "digest"));
    }
}
