using System.Text;
using Voice.Application.Webhooks;

namespace Voice.UnitTests.AfricasTalking;

internal static class Fixture
{
    public static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "africas-talking", name));

    public static RawCallback Form(string body) => new(Encoding.UTF8.GetBytes(body.TrimEnd('\n')), "application/x-www-form-urlencoded", TheRecording.Start);

    public static RawCallback Json(string body) => new(Encoding.UTF8.GetBytes(body), "application/json", TheRecording.Start);
}
