using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using Voice.Application.Events;
using Voice.Infrastructure.Events;

namespace Voice.IntegrationTests.Events;

/// <summary>What goes over the wire, and what comes of whatever an endpoint does with it.</summary>
public sealed class EventSenderTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly TaskCompletionSource<(IHeaderDictionary Headers, string Body)> _seen = new();
    private WebApplication _host = null!;
    private int _followed;

    public async Task InitializeAsync() => _host = await HttpDouble.StartAsync(app =>
    {
        app.MapPost("/take", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _seen.TrySetResult((new HeaderDictionary(context.Request.Headers.ToDictionary()), await reader.ReadToEndAsync()));
        });
        app.MapPost("/words", () => Results.Text("down\nfor <b>maintenance</b>", statusCode: 503));
        app.MapPost("/gone", () => Results.StatusCode(410));
        app.MapPost("/later", context =>
        {
            context.Response.Headers.RetryAfter = context.Request.Query["after"];
            context.Response.StatusCode = 429;
            return Task.CompletedTask;
        });
        app.MapPost("/to", () => Results.Redirect("/followed", preserveMethod: true));
        app.MapPost("/followed", () => Interlocked.Increment(ref _followed));
        app.MapPost("/hang", context => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));
        app.MapPost("/endless", async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(new('x', 1024), context.RequestAborted);
        });
    });

    public async Task DisposeAsync() => await _host.StopAtOnceAsync();

    // libraries/javascript/src/webhook.test.ts of the specification's own repository.
    [Fact]
    public async Task The_headers_are_those_of_the_specification_s_own_example()
    {
        using var sender = new EventSender(new() { AllowPrivate = true }, new Clock(DateTimeOffset.FromUnixTimeSeconds(1614265330)));
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        var answer = await sender.PostAsync(
            To("/take") with { Secret = secret }, "msg_p5jXN8AQM9LWM0D4loKWxJek", """{"test": 2432232314}""", default);

        answer.Should().Be(new EventAnswer(200, "OK"));
        var (headers, body) = await _seen.Task;
        body.Should().Be("""{"test": 2432232314}""");
        headers["webhook-id"].ToString().Should().Be("msg_p5jXN8AQM9LWM0D4loKWxJek");
        headers["webhook-timestamp"].ToString().Should().Be("1614265330");
        headers["webhook-signature"].ToString().Should().Be("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        headers.ContentType.ToString().Should().Be("application/json");
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Mon, 01 Mar 2021 00:00:00 GMT", 143_270)]
    [InlineData("soon", null)]
    public async Task How_long_an_endpoint_asks_to_be_left_alone_is_heard(string retryAfter, int? seconds)
    {
        using var sender = new EventSender(new() { AllowPrivate = true }, new Clock(DateTimeOffset.FromUnixTimeSeconds(1614413530)));

        var answer = await sender.PostAsync(To($"/later?after={Uri.EscapeDataString(retryAfter)}"), "evt_1", "{}", default);

        answer.RetryAfter.Should().Be(seconds is { } time ? TimeSpan.FromSeconds(time) : null);
    }

    [Fact]
    public async Task What_is_sent_now_is_verified_by_the_specification_s_library()
    {
        var endpoint = To("/take");
        using var sender = Sender();

        await sender.PostAsync(endpoint, "evt_1", """{"type":"recording.completed","data":{"name":"Wanjirũ"}}""", default);

        var (headers, body) = await _seen.Task;
        var verify = FluentActions.Invoking(() => new StandardWebhook(endpoint.ShownSecret).Verify(body, headers));
        verify.Should().NotThrow();
        headers["webhook-id"] = "evt_2";
        verify.Should().Throw<Exception>();
    }

    [Theory]
    [InlineData("/words", 503, "down for <b>maintenance</b>")]
    [InlineData("/gone", 410, "Gone")]
    [InlineData("/to", 307, "Temporary Redirect")]
    [InlineData("/nowhere", 404, "Not Found")]
    [InlineData("/hang", null, "It did not answer within 10 seconds.")]
    public async Task Whatever_it_answers_is_told_in_words(string path, int? status, string words)
    {
        using var sender = Sender();

        (await sender.PostAsync(To(path), "evt_1", "{}", default)).Should().Be(new EventAnswer(status, words));

        _followed.Should().Be(0, "nobody is followed anywhere");
    }

    [Fact]
    public async Task Of_an_answer_without_end_only_the_beginning_is_read()
    {
        using var sender = Sender();

        (await sender.PostAsync(To("/endless"), "evt_1", "{}", default)).Should().Be(new EventAnswer(200, new('x', 200)));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_a_failed_try_with_its_reason()
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        await using var host = builder.Build();
        await host.StartAsync();
        using var sender = Sender();

        var answer = await sender.PostAsync(To(new Uri(host.Urls.First())), "evt_1", "{}", default);

        answer.Status.Should().BeNull();
        answer.Words.Should().StartWith("TLS failed: ");
        await host.StopAtOnceAsync();
    }

    [Fact]
    public async Task Nobody_there_and_nonsense_are_told_apart()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = new Uri($"http://{closed.LocalEndpoint}");
        closed.Stop();
        await using var nonsense = new RawDouble(_ => "SSH-2.0-OpenSSH\r\n");
        using var sender = Sender();

        (await sender.PostAsync(To(address), "evt_1", "{}", default)).Words.Should().StartWith("It could not be connected to: ");
        (await sender.PostAsync(To(new Uri("http://nobody.invalid")), "evt_1", "{}", default)).Words.Should().Be("Its name is not known.");
        (await sender.PostAsync(To(new Uri(nonsense.Address)), "evt_1", "{}", default)).Words
            .Should().Be("It hung up, or answered something that is not HTTP.");
    }

    [Theory]
    [InlineData("https://shop.example/events", false, true)]
    [InlineData("https://8.8.8.8/events", false, true)]
    [InlineData("http://shop.example/events", false, false)]
    [InlineData("ftp://shop.example/events", true, false)]
    [InlineData("https://user:password@shop.example/events", true, false)]
    [InlineData("https://localhost/events", false, false)]
    [InlineData("https://127.0.0.1/events", false, false)]
    [InlineData("https://10.1.2.3/events", false, false)]
    [InlineData("https://169.254.169.254/latest", false, false)]
    [InlineData("https://[::1]/events", false, false)]
    [InlineData("https://[fd00::1]/events", false, false)]
    [InlineData("https://0x7f.1/events", false, false)]
    [InlineData("http://localhost:9000/events", true, true)]
    [InlineData("https://10.1.2.3/events", true, true)]
    public void An_address_that_may_not_be_is_refused(string url, bool allowsPrivate, bool isAllowed)
    {
        using var sender = new EventSender(new() { AllowPrivate = allowsPrivate }, TimeProvider.System);

        (sender.Refuse(new Uri(url)) is null).Should().Be(isAllowed);
    }

    [Fact]
    public async Task A_name_that_means_an_address_inside_a_network_is_refused_when_it_is_connected_to()
    {
        using var sender = new EventSender(new(), TimeProvider.System);
        var here = new Uri($"http://localhost:{new Uri(_host.Urls.First()).Port}/take");

        var answer = await sender.PostAsync(To(here), "evt_1", "{}", default);

        answer.Should().Be(new EventAnswer(null, "Its name means an address inside a network (Events:AllowPrivate)."));
        _seen.Task.IsCompleted.Should().BeFalse();
    }

    private static EventSender Sender() => new(new() { AllowPrivate = true }, TimeProvider.System);

    private WebhookEndpoint To(string path) => To(new Uri(_host.Urls.First() + path));

    private static WebhookEndpoint To(Uri url) => WebhookEndpoint.New(url, EventTypes.Filters, null, Now);

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
