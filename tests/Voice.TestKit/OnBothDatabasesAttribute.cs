using System.Reflection;
using Xunit.Sdk;

namespace Voice.TestKit;

/// <summary>Runs a theory on each <see cref="Engine"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnBothDatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Enum.GetValues<Engine>().Select(engine => new object[] { engine });
}
