using System.Text;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Npgsql;
using Voice.Api.Errors;
using Voice.Application;

namespace Voice.UnitTests.Api;

public class ExceptionAnswersTests
{
    public static TheoryData<Exception, int, bool> Answers => new()
    {
        { new ValidationException("x", [new("parties[1]", "is wrong")]), 422, false },
        { new NotFoundException("Recording not found"), 404, false },
        { new ConflictException("It is running."), 409, false },
        { new KeyUsedException(), 422, false },
        { new EngineFailedException("The engine failed."), 503, true },
        { new ToolMissingException("Install it."), 503, false },
        { new NpgsqlException("the server at 10.0.0.1 is away"), 503, true },
        { new TimeoutException("secret"), 503, true },
        { new DecoderFallbackException("byte 7"), 422, false },
        { new InvalidDataException("secret"), 422, false },
        { new BadHttpRequestException("secret", 413), 413, false },
        { new BadHttpRequestException("secret", 400), 400, false },
        { new InvalidOperationException("secret"), 500, false },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_exception_is_answered_in_words_that_give_nothing_away(Exception exception, int status, bool mayComeBack)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        await new ExceptionAnswers(Mock.Of<IDatabaseErrors>(), NullLogger<ExceptionAnswers>.Instance)
            .TryHandleAsync(context, exception, default);

        context.Response.StatusCode.Should().Be(status);
        context.Response.Headers.RetryAfter.Count.Should().Be(
            mayComeBack ? 1 : 0, "waiting helps only where things come back by themselves");
        var body = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString().Should().NotBeNullOrEmpty();
        body.Should().NotContain("secret").And.NotContain("10.0.0.1");
    }
}
