using System.Text;
using Voice.Application.Webhooks;

namespace Voice.TestKit;

/// <summary>The files of <c>tests/fixtures</c>, and callbacks as they come in.</summary>
internal static class Fixture
{
    public static string At(params string[] path) => Path.Combine([AppContext.BaseDirectory, "fixtures", .. path]);

    public static string Text(string name) => File.ReadAllText(At("africas-talking", name));

    public static RawCallback Form(string body) =>
        new(Encoding.UTF8.GetBytes(body.TrimEnd('\n')), "application/x-www-form-urlencoded", TheRecording.Start);

    public static RawCallback Json(string body) => new(Encoding.UTF8.GetBytes(body), "application/json", TheRecording.Start);
}
