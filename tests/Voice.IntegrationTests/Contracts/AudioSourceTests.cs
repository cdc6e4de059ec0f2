using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Voice.Application.Contracts;
using Voice.Infrastructure;
using Voice.Infrastructure.Audio;

namespace Voice.IntegrationTests.Contracts;

/// <summary>Fetching against a host that plays the sandbox's part, the only one that may be on loopback.</summary>
public sealed class AudioSourceTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voice-audio-");
    private WebApplication _host = null!;
    private int _asked;

    private string Address => $"{_host.Urls.First()}/sandbox";

    public async Task InitializeAsync() => _host = await HttpDouble.StartAsync(app =>
    {
        var recordings = app.MapGroup("/sandbox/recordings");
        recordings.MapGet("/late", () => ++_asked < 3 ? Results.NotFound() : Results.Bytes([1, 2, 3]));
        recordings.MapGet("/gone", () => Results.StatusCode(410));
        recordings.MapGet("/to", (string target) => Results.Redirect(target));
        recordings.MapGet("/loop", () => Results.Redirect("loop"));
        recordings.MapGet("/large", context => WriteAsync(context, 60_000_000));
        recordings.MapGet("/slow", async context =>
        {
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
    });

    public async Task DisposeAsync()
    {
        await _host.StopAtOnceAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Audio_that_is_not_there_yet_is_told_apart_from_what_never_will_be()
    {
        using var source = Source();
        var late = new Uri($"{Address}/recordings/late");

        for (var time = 0; time < 2; time++)
            (await FluentActions.Awaiting(() => source.FetchAsync(late, default)).Should().ThrowAsync<AudioNotThereException>())
                .Which.WaitAtMost.Should().Be(TimeSpan.FromSeconds(2));
        using var audio = await source.FetchAsync(late, default);

        (await File.ReadAllBytesAsync(audio.Path)).Should().Equal(1, 2, 3);
        audio.Sha256.Should().Be("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    }

    [Theory]
    [InlineData("recordings/slow", "*within 2 seconds*")]
    [InlineData("recordings/gone", "*answered 410*")]
    [InlineData("recordings/large", "*larger than 50 MB*")]
    [InlineData("recordings/loop", "*redirects too often*")]
    [InlineData("recordings/to?target=https%3A%2F%2F10.0.0.1%2Fa.mp3", "*not fetched from that host*")]
    [InlineData("recordings/to?target=https%3A%2F%2Flocalhost%2Fa.mp3", "*inside a network*")]
    [InlineData("recordings/to?target=http%3A%2F%2Fa.at-internal.com%2Fa.mp3", "*over https only*")]
    [InlineData("recordings/to?target=file%3A%2F%2F%2Fetc%2Fpasswd", "*over https only*")]
    [InlineData("recordings/to?target=https%3A%2F%2F%5B", "*answered 302*")]
    [InlineData("elsewhere", "*over https only*")]
    public async Task What_must_not_or_cannot_be_fetched_is_refused_and_leaves_nothing(string path, string why)
    {
        using var source = Source();

        await FluentActions.Awaiting(() => source.FetchAsync(new Uri($"{Address}/{path}"), default))
            .Should().ThrowAsync<AudioException>().WithMessage(why);

        _folder.EnumerateDirectories().Should().BeEmpty();
    }

    [Fact]
    public async Task Without_the_sandbox_loopback_is_refused()
    {
        using var source = Source(sandbox: false);

        await FluentActions.Awaiting(() => source.FetchAsync(new Uri($"{Address}/recordings/late"), default))
            .Should().ThrowAsync<AudioException>().WithMessage("*https only*");
        await FluentActions.Awaiting(() => source.FetchAsync(new Uri("https://localhost/a.mp3"), default))
            .Should().ThrowAsync<AudioException>().WithMessage("*inside a network*");
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450:4001:82a::200e", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    public void Only_addresses_of_the_public_internet_are_public(string address, bool isPublic) =>
        PublicInternet.Has(IPAddress.Parse(address)).Should().Be(isPublic);

    // localhost is the one name that resolves to the inside everywhere.
    private AudioSource Source(bool sandbox = true)
    {
        var settings = new AudioSettings { Hosts = [".at-internal.com", "localhost"], Timeout = TimeSpan.FromSeconds(2) };
        return new(settings, new AudioHosts(settings, sandbox ? () => Address : null), _folder.FullName, TimeProvider.System);
    }

    private static async Task WriteAsync(HttpContext context, long length)
    {
        var buffer = new byte[64 * 1024];
        for (var written = 0L; written < length && !context.RequestAborted.IsCancellationRequested; written += buffer.Length)
            await context.Response.Body.WriteAsync(buffer, context.RequestAborted);
    }
}
